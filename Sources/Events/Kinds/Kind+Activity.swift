// SPDX-License-Identifier: MIT

extension Kind {
    /// What someone did on the beat (clash rules C1, C2, C36).
    package static let activity = Kind(
        "activity", "activities", "what someone did: a patrol, a talk, a visit, a day of action",
        shape: Shape(title: "title", listed: ["type", "on", "place"]),
        fields: [
            Field("title", "Title", .latest, .text),
            Field(
                "type", "Type", .latest,
                .choice([
                    "patrol", "visit", "reassurance", "follow-up", "action-day", "roadshow",
                    "school-session", "training", "engagement-meeting", "speed-watch",
                    "visual-audit", "property-marking", "confiscation", "second-hand-check",
                    "leaflet-drop", "deployment", "other",
                ])),
            Field("on", "On", .latest, .date, options: .init(hasHappened: true)),
            Field("place", "Place", .latest, .text),
            Field("ward", "Ward", .latest, .text),
            Field("who", "Who", .set, .text),
            Field("agencies", "Agencies", .set, .code),
            Field("minutes", "Minutes", .latest, .integer),
            Field("case", "Case", .latest, .link(kind: "case")),
            Field("campaign", "Campaign", .latest, .link(kind: "campaign")),
            Field("action", "Action", .latest, .link(kind: "action")),
            Field("counts", "Counts", .tally, .integer, options: .init(key: "metric")),
            Field(
                "void", "Void", .cautious(Caution(.greater, mayEase: .coordinators)), .flag,
                options: .init(urgency: 1)),
            Field("same-as", "Same as", .set, .link(kind: "activity")),
            Field("notes", "Notes", .entries, .longText),
        ],
        verbs: [
            Verb(
                "log", "logged", "Log an activity.", creates: true,
                [
                    .argument("type"), .argument("title"), .option("on"), .option("place"),
                    .option("ward"), .option("who"), .option("agencies"), .option("minutes"),
                    .option("case"), .option("campaign"), .option("action"), .option("counts"),
                    .option("notes"),
                ], fixed: [.init("on", "today")],
                passingOn: .init("counts", to: "campaign", as: "counted")),
            Verb("note", "noted", "Add a note.", [.argument("notes")]),
            Verb(
                "set", "amended", "Change what an activity says.",
                [
                    .option("title"), .option("type"), .option("on"), .option("place"),
                    .option("ward"), .option("who"), .option("agencies"), .option("minutes"),
                    .option("case"), .option("campaign"), .option("action"), .option("same-as"),
                ]),
            Verb(
                "drop", "reduced", "Take out a person, an agency or a link.",
                [
                    .option("who", act: .remove), .option("agencies", act: .remove),
                    .option("same-as", act: .remove),
                ]),
            Verb(
                "void", "voided", "Void an activity that did not take place.", [],
                fixed: [.init("void", "yes")], needsReason: true),
        ])
}
