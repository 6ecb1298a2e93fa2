// SPDX-License-Identifier: MIT
package import Events

extension Vocabulary {
    /// One kind with a field of each family, and of each shape that a family has.
    package static let clashes = Vocabulary(number: 99, kinds: [.thing])

    /// The same, of which some values are known from number 2 on.
    package static let clashesOfTwoNumbers = Vocabulary(
        number: 2,
        kinds: [
            Kind(
                "thing", "things", "what tests write to", shape: .init(title: "title"),
                fields: [
                    Field(
                        "title", "Title", .latest, .choice(["t0", "t1", "t2"]),
                        options: .init(choicesSince: ["t1": 2])),
                    Field(
                        "level", "Level", .cautious(Caution(.listed, mayEase: .coordinators)),
                        .choice(["high", "medium", "low"]),
                        options: .init(choicesSince: ["high": 2])),
                    Field(
                        "lead", "Lead", .standing, .choice(["l0", "l1", "l2", "l3"]),
                        options: .init(choicesSince: ["l1": 2])),
                    Field(
                        "tags", "Tags", .set, .choice(["x"]),
                        options: .init(choicesSince: ["x": 2])),
                ], verbs: [])
        ])
}

extension Kind {
    fileprivate static let thing = Kind(
        "thing", "things", "what tests write to",
        shape: Shape(
            title: "title", status: "status", closed: ["shut"], listed: ["level"], alias: "ref",
            harmless: ["due", "goals", "hidden"]),
        fields: [
            Field("title", "Title", .latest, .text),
            Field("ref", "Reference", .latest, .text),
            Field("labels", "Labels", .latest, .text, options: .init(key: "language")),
            Field(
                "level", "Level", .cautious(Caution(.listed, mayEase: .coordinators)),
                .choice(["high", "medium", "low"]), options: .init(urgency: 0)),
            Field(
                "status", "Status", .cautious(Caution(.listed, mayEase: .staff)),
                .choice(["open", "shut"]), options: .init(urgency: 1)),
            Field("due", "Due", .cautious(Caution(.lesser, mayEase: .coordinators)), .date),
            Field(
                "goals", "Goals", .cautious(Caution(.greater, mayEase: .coordinators)), .integer,
                options: .init(key: "metric")),
            Field(
                "hidden", "Hidden", .cautious(Caution(.greater, mayEase: .coordinators)), .flag),
            Field("lead", "Lead", .standing, .code),
            Field("tags", "Tags", .set, .text),
            Field("peers", "Peers", .set, .link(kind: "thing")),
            Field("owners", "Owners", .set, .text, options: .init(flagsSeveral: true)),
            Field("counts", "Counts", .tally, .integer, options: .init(key: "metric")),
            Field("notes", "Notes", .entries, .longText),
            Field("harms", "Harms", .entries, .longText),
            Field("figures", "Figures", .reading, .integer, options: .init(key: "period|source")),
            Field("secret", "Secret", .latest, .text, options: .init(writers: .coordinators)),
        ],
        verbs: [],
        rules: [
            Rule(
                "X1", "shutting-disputed", "It was shut by someone who had not seen harm.",
                when: "status", is: ["shut"], hadNotSeen: [.part("harms"), .moreCautious("level")],
                effect: .suspend(reading: "open, shutting disputed")),
            Rule(
                "X2", "later-note", "It was shut by someone who had not seen a note.",
                when: "status", is: ["shut"], hadNotSeen: [.part("notes")], effect: .flag),
        ])
}
