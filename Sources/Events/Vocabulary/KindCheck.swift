// SPDX-License-Identifier: MIT

/// What is wrong with a kind as it is declared, one sentence each.
///
/// A misspelt name would otherwise be passed over where it is used: a rule that never holds, an
/// option that is not there. A kind with faults cannot be made.
package struct KindCheck {
    let name: String
    let plural: String
    let shape: Kind.Shape
    let fields: [Field]
    let verbs: [Verb]
    let rules: [Rule]

    package init(
        _ name: String, _ plural: String, shape: Kind.Shape, fields: [Field], verbs: [Verb],
        rules: [Rule] = []
    ) {
        self.name = name
        self.plural = plural
        self.shape = shape
        self.fields = fields
        self.verbs = verbs
        self.rules = rules
    }

    package var faults: [String] {
        (nameFaults + shapeFaults + fieldFaults + verbFaults + ruleFaults + closingFaults)
            .map { "\(name): \($0)." }
    }

    func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    private var nameFaults: [String] {
        let names = [name, plural] + fields.map(\.name) + verbs.flatMap { [$0.name, $0.event] }
        let passed = verbs.compactMap(\.passingOn?.event)
        var faults = (names + passed + rules.map(\.name)).filter { $0.isName == false }
            .map { "'\($0)' cannot be a name" }
        faults += (verbs.map(\.event) + passed)
            .filter { "\(name).\($0)".utf8.count > KindCheck.typeLimit }
            .map { "the event '\($0)' is longer than an entry's type may be" }
        faults += fields.filter { NoteForm(rawValue: $0.name) != nil }
            .map { "'\($0.name)' is what an entry says of itself and cannot be a field" }
        faults += fields.filter { $0.name == Acceptance.field }
            .map { "'\($0.name)' is what every kind has for lists and cannot be a field" }
        if name == KindCheck.sealedKind { faults.append("its name is that of sealed entries") }
        return faults + doubles(fields.map(\.name), "field") + doubles(verbs.map(\.name), "verb")
            + doubles(rules.map(\.name), "rule")
    }

    private static let sealedKind = "sealed"

    /// Bytes in an entry's type. Source: `Docs/Formats/Entry.md`.
    private static let typeLimit = 48

    func doubles(_ names: [String], _ what: String) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted == false }.map { "two \(what)s are '\($0)'" }
    }

    /// A sentence for each name that is no field of the kind.
    func unknown(_ names: [String], _ whose: String) -> [String] {
        names.filter { field($0) == nil }.map { "\(whose) names '\($0)', which is no field" }
    }
}

extension String {
    /// A lower-case letter, then lower-case letters, digits and hyphens.
    fileprivate var isName: Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = utf8.first, letters.contains(first) else { return false }
        return utf8.allSatisfy {
            letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
        }
    }
}
