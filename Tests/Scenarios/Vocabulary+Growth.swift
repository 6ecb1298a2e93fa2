// SPDX-License-Identifier: MIT
package import Events

extension Vocabulary {
    /// What an old program knows of things.
    package static let older = Vocabulary(number: 1, kinds: [.thing(isNewer: false)])

    /// The same things, with a field of parts, a choice of level, a form of parts and a kind that
    /// came later; the new field stands in the middle.
    package static let newer = Vocabulary(
        number: 2, kinds: [.gadget, .thing(isNewer: true)], formsSince: [.partOfValues: 2])
}

extension Kind {
    fileprivate static let gadget = Kind(
        "gadget", "gadgets", "what came later", shape: Shape(title: "title", since: 2),
        fields: [Field("title", "Title", .latest, .text)], verbs: [])

    fileprivate static func thing(isNewer: Bool) -> Kind {
        let breaches = Field("breaches", "Breaches", .entries, .longText, options: .init(since: 2))
        return Kind(
            "thing", "things", "what tests write to",
            shape: Shape(title: "title", status: "status", closed: ["shut"], listed: ["level"]),
            fields: [Field("title", "Title", .latest, .text)] + (isNewer ? [breaches] : [])
                + fields(isNewer: isNewer),
            verbs: [], rules: rules(isNewer: isNewer))
    }

    private static func fields(isNewer: Bool) -> [Field] {
        let levels = ["high", "medium", "low"]
        return [
            Field(
                "level", "Level", .cautious(Caution(.listed, mayEase: .staff)),
                .choice(isNewer ? ["extreme"] + levels : levels),
                options: .init(urgency: 0, choicesSince: isNewer ? ["extreme": 2] : [:])),
            Field(
                "status", "Status", .cautious(Caution(.listed, mayEase: .staff)),
                .choice(["open", "shut"]), options: .init(urgency: 1)),
            Field("lead", "Lead", .standing, .code),
            Field(
                "tags", "Tags", .set, .choice(isNewer ? ["x", "y", "z"] : ["x", "y"]),
                options: .init(choicesSince: isNewer ? ["z": 2] : [:])),
            Field("harms", "Harms", .entries, .longText),
        ]
    }

    private static func rules(isNewer: Bool) -> [Rule] {
        let causes: [Rule.Cause] = [.part("harms"), .moreCautious("level")]
        return [
            Rule(
                "X1", "shutting-disputed", "It was shut by someone who had not seen harm.",
                when: "status", is: ["shut"],
                hadNotSeen: causes + (isNewer ? [.part("breaches")] : []),
                effect: .suspend(reading: "open, shutting disputed"))
        ]
    }
}
