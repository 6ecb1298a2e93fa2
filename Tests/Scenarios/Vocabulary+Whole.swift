// SPDX-License-Identifier: MIT
package import Events

extension Vocabulary {
    /// The things of `clashes` as a vocabulary of three numbers has them: fields, choices, forms
    /// and a kind came with each.
    package static let whole = Vocabulary(
        number: 3, kinds: [.grown, .latecomer],
        formsSince: [.partOfValues: 2, .keyed: 2, .void: 3, .correct: 2])
}

extension Kind {
    fileprivate static let latecomer = Kind(
        "gadget", "gadgets", "what came later", shape: Shape(title: "title", since: 3),
        fields: [
            Field("title", "Title", .latest, .text),
            Field("sort", "Sort", .latest, .choice(["a", "b"])),
        ], verbs: [])

    fileprivate static let grown: Kind = {
        let thing = Vocabulary.clashes.kinds[0]
        let marks = Field(
            "marks", "Marks", .set, .choice(["x", "y", "z"]),
            options: .init(flagsSeveral: true, choicesSince: ["y": 2, "z": 3]))
        return Kind(
            thing.name, thing.plural, thing.summary, shape: thing.shape,
            fields: thing.fields.map(later) + [marks], verbs: [], rules: thing.rules)
    }()

    /// A field of which something came later.
    private static func later(_ field: Field) -> Field {
        let since: [String: UInt64] = [
            "harms": 2, "hidden": 3, "figures": 2, "peers": 3, "lead": 2, "notes": 2,
        ]
        let choices: [String: [String: UInt64]] = [
            "level": ["high": 2, "medium": 3], "status": ["shut": 2],
        ]
        return Field(
            field.name, field.label, field.family, field.type,
            options: .init(
                writers: field.writers, key: field.key, urgency: field.urgency,
                flagsSeveral: field.flagsSeveral, since: since[field.name] ?? 1,
                choicesSince: choices[field.name] ?? [:]))
    }
}
