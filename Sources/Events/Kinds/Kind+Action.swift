// SPDX-License-Identifier: MIT

extension Kind {
    /// An item of the yearly plan. Statuses: least advanced first (clash rules C15 to C20, C34).
    package static let action = Kind(
        "action", "actions", "an item of the yearly action plan",
        shape: Shape(
            title: "title", status: "status",
            closed: ["completed", "withdrawn", "carried-forward"],
            listed: ["status", "lead", "due"], alias: "ref",
            harmless: ["due", "progress", "evidence"],
            demands: [
                Demand(
                    ["completed"], need: "evidence",
                    "An action is not completed without evidence.")
            ]),
        fields: [
            Field("title", "Title", .latest, .text, options: .init(columns: ["action", "aim"])),
            Field(
                "plan", "Plan", .latest, .link(kind: "plan"), options: .init(writers: .coordinators)
            ),
            Field(
                "ref", "Reference", .latest, .text,
                options: .init(writers: .coordinators, columns: ["number", "no"])),
            Field("issue", "Issue", .latest, .text, options: .init(writers: .coordinators)),
            Field(
                "priorities", "Priorities", .set, .code,
                options: .init(writers: .coordinators, columns: ["priority"])),
            Field(
                "lead", "Lead agency", .standing, .code,
                options: .init(
                    writers: .coordinators, urgency: 1, columns: ["main-partner", "lead-agency"],
                    spill: "supports")),
            Field(
                "supports", "Support", .set, .code,
                options: .init(columns: ["support", "partners", "partner"])),
            Field(
                "measure", "Measure", .latest, .text,
                options: .init(columns: ["target", "success-measure"])),
            Field(
                "due", "Due", .cautious(Caution(.lesser, mayEase: .coordinators)),
                .date(words: ["ongoing"]), options: .init(urgency: 1)),
            Field("funding", "Funding", .set, .code, options: .init(writers: .coordinators)),
            Field(
                "status", "Status", .cautious(Caution(.listed, mayEase: .staff)),
                .choice([
                    "proposed", "agreed", "delayed", "in-progress", "carried-forward", "withdrawn",
                    "completed",
                ]), options: .init(urgency: 1)),
            Field("progress", "Progress", .entries, .longText),
            Field(
                "evidence", "Evidence", .entries, .longText, options: .init(columns: ["evidence"])),
            Field(
                "remarks", "Remarks", .latest, .longText,
                options: .init(columns: ["note", "notes"])),
        ],
        verbs: [
            Verb(
                "add", "added", "Add an action to a plan.", creates: true,
                [
                    .argument("title"), .option("plan"), .option("ref"), .option("issue"),
                    .option("priorities"), .option("lead"), .option("supports"),
                    .option("measure"), .option("due"), .option("funding"), .option("remarks"),
                ], fixed: [.init("status", "agreed")]),
            Verb(
                "set", "amended", "Change what an action says.",
                [
                    .option("title"), .option("ref"), .option("issue"), .option("priorities"),
                    .option("lead"), .option("supports"), .option("measure"), .option("due"),
                    .option("funding"), .option("status"), .option("remarks"),
                ]),
            Verb(
                "drop", "reduced", "Take out a priority, a support or a funding.",
                [
                    .option("priorities", act: .remove), .option("supports", act: .remove),
                    .option("funding", act: .remove),
                ]),
            Verb(
                "progress", "progressed", "Say how an action is going.",
                [
                    .argument("progress"), .option("status"),
                ]),
            Verb(
                "start", "started", "Say that work has begun.",
                [
                    .option("progress")
                ], fixed: [.init("status", "in-progress")]),
            Verb(
                "delay", "delayed", "Say that an action is late, and why.",
                [
                    .argument("progress"), .option("due"),
                ], fixed: [.init("status", "delayed")]),
            Verb(
                "complete", "completed", "Claim an action as completed.",
                [
                    .argument("evidence")
                ], fixed: [.init("status", "completed")]),
            Verb(
                "reopen", "reopened", "Take back a claim of completion.", [],
                fixed: [.init("status", "in-progress")], needsReason: true),
            Verb(
                "withdraw", "withdrawn", "Give an action up.", [],
                fixed: [.init("status", "withdrawn")], needsReason: true),
            Verb(
                "void", "part-voided", "Void a progress report or a piece of evidence.",
                [
                    .option("progress", act: .void), .option("evidence", act: .void),
                ], needsReason: true),
        ])
}
