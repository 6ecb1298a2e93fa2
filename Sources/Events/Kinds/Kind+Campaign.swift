// SPDX-License-Identifier: MIT

extension Kind {
    /// A drive with figures: counts from the field, readings from outside, baseline and target
    /// (clash rules C21 to C24).
    package static let campaign = Kind(
        "campaign", "campaigns", "a campaign, its counts and its figures",
        shape: Shape(
            title: "title", status: "status", closed: ["ended", "evaluated"],
            listed: ["status", "from", "until"], harmless: ["targets", "notes"]),
        fields: [
            Field("title", "Title", .latest, .text, options: .init(columns: ["campaign", "name"])),
            Field(
                "type", "Type", .latest,
                .choice(["seasonal", "week-of-action", "operation", "ongoing"])),
            Field(
                "status", "Status", .cautious(Caution(.listed, mayEase: .staff)),
                .choice(["planned", "running", "ended", "evaluated"])),
            Field("priorities", "Priorities", .set, .code, options: .init(columns: ["priority"])),
            Field("places", "Places", .set, .text),
            Field("agencies", "Agencies", .set, .code),
            Field("from", "From", .latest, .date),
            Field("until", "Until", .latest, .date),
            Field("counts", "Counts", .tally, .integer, options: .init(key: "metric")),
            Field(
                "baselines", "Baselines", .latest, .integer,
                options: .init(writers: .coordinators, key: "metric")),
            Field(
                "targets", "Targets", .cautious(Caution(.greater, mayEase: .coordinators)),
                .integer,
                options: .init(writers: .coordinators, key: "metric", urgency: 1)),
            Field("readings", "Readings", .reading, .integer, options: .init(key: "period|source")),
            Field("notes", "Notes", .entries, .longText),
        ],
        verbs: [
            Verb(
                "start", "started", "Start a campaign.", creates: true,
                [
                    .argument("title"), .option("type"), .option("priorities"), .option("places"),
                    .option("agencies"), .option("from"), .option("until"), .option("targets"),
                    .option("baselines"),
                ], fixed: [.init("status", "running")]),
            Verb(
                "count", "counted", "Add to the counts: metric=number.",
                [
                    .argument("counts"), .option("notes"),
                ]),
            Verb(
                "correct", "count-corrected", "Correct a count: metric=-number.",
                [
                    .argument("counts")
                ], needsReason: true),
            Verb(
                "read", "reading-taken", "Enter a figure from outside: 'period|source=number'.",
                [
                    .argument("readings")
                ]),
            Verb("target", "target-set", "Set targets: metric=number.", [.argument("targets")]),
            Verb(
                "baseline", "baseline-set", "Set baselines: metric=number.",
                [
                    .argument("baselines")
                ]),
            Verb("note", "noted", "Add a note.", [.argument("notes")]),
            Verb(
                "set", "amended", "Change what a campaign says.",
                [
                    .option("title"), .option("type"), .option("status"), .option("priorities"),
                    .option("places"), .option("agencies"), .option("from"), .option("until"),
                ]),
            Verb(
                "drop", "reduced", "Take out a priority, a place or an agency.",
                [
                    .option("priorities", act: .remove), .option("places", act: .remove),
                    .option("agencies", act: .remove),
                ]),
            Verb(
                "end", "ended", "End a campaign.", [.option("notes")],
                fixed: [.init("status", "ended")]),
        ])
}
