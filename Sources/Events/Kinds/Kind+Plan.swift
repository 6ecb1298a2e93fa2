// SPDX-License-Identifier: MIT

extension Kind {
    /// A year's plan of one area.
    package static let plan = Kind(
        "plan", "plans", "a partnership's plan for a year",
        shape: Shape(
            title: "title", status: "status", closed: ["closed"],
            listed: ["status", "area", "year"], alias: "ref", harmless: ["notes"]),
        fields: [
            Field("title", "Title", .latest, .text, options: .init(writers: .coordinators)),
            Field("ref", "Reference", .latest, .code, options: .init(writers: .coordinators)),
            Field("area", "Area", .latest, .text, options: .init(writers: .coordinators)),
            Field("year", "Year", .latest, .text, options: .init(writers: .coordinators)),
            Field("board", "Board", .latest, .text, options: .init(writers: .coordinators)),
            Field(
                "status", "Status", .cautious(Caution(.listed, mayEase: .coordinators)),
                .choice(["draft", "consulted", "agreed", "amended", "in-delivery", "closed"]),
                options: .init(writers: .coordinators, urgency: 1)),
            Field("notes", "Notes", .entries, .longText, options: .init(writers: .coordinators)),
        ],
        verbs: [
            Verb(
                "open", "opened", "Open a plan.", creates: true,
                [
                    .argument("title"), .option("ref"), .option("area"), .option("year"),
                    .option("board"),
                ], fixed: [.init("status", "draft")]),
            Verb(
                "set", "amended", "Change what a plan says.",
                [
                    .option("title"), .option("ref"), .option("area"), .option("year"),
                    .option("board"), .option("status"),
                ]),
            Verb("note", "noted", "Add a note.", [.argument("notes")]),
            Verb("close", "closed", "Close a plan.", [], fixed: [.init("status", "closed")]),
        ])

    /// A chosen focus within a plan.
    package static let priority = Kind(
        "priority", "priorities", "a chosen focus of a plan",
        shape: Shape(
            title: "title", status: "status", closed: ["dropped"],
            listed: ["code", "status", "lead"]),
        fields: [
            Field(
                "title", "Name", .latest, .text,
                options: .init(writers: .coordinators, columns: ["name"])),
            Field("code", "Code", .latest, .code, options: .init(writers: .coordinators)),
            Field(
                "plan", "Plan", .latest, .link(kind: "plan"), options: .init(writers: .coordinators)
            ),
            Field("area", "Area", .latest, .text, options: .init(writers: .coordinators)),
            Field(
                "year", "Year", .latest, .text,
                options: .init(writers: .coordinators, columns: ["plan-year"])),
            Field("lead", "Lead", .standing, .code, options: .init(writers: .coordinators)),
            Field(
                "definition", "Definition", .latest, .longText,
                options: .init(writers: .coordinators)),
            Field(
                "status", "Status", .cautious(Caution(.listed, mayEase: .coordinators)),
                .choice([
                    "proposed", "provisional", "agreed", "retained", "merged", "split", "dropped",
                ]),
                options: .init(writers: .coordinators)),
            Field(
                "remarks", "Remarks", .latest, .longText,
                options: .init(writers: .coordinators, columns: ["note"])),
        ],
        verbs: [
            Verb(
                "add", "added", "Add a priority.", creates: true,
                [
                    .argument("title"), .option("code"), .option("plan"), .option("area"),
                    .option("year"), .option("lead"), .option("definition"), .option("remarks"),
                ], fixed: [.init("status", "agreed")]),
            Verb(
                "set", "amended", "Change what a priority says.",
                [
                    .option("title"), .option("code"), .option("plan"), .option("area"),
                    .option("year"), .option("lead"), .option("definition"), .option("status"),
                    .option("remarks"),
                ]),
        ])
}
