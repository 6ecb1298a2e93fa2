// SPDX-License-Identifier: MIT

/// What is wrong with kinds as they stand together, one sentence each.
package struct VocabularyCheck {
    private let number: UInt64
    private let kinds: [Kind]
    private let formsSince: [ChangeForm: UInt64]

    package init(number: UInt64, kinds: [Kind], formsSince: [ChangeForm: UInt64] = [:]) {
        self.number = number
        self.kinds = kinds
        self.formsSince = formsSince
    }

    package var faults: [String] {
        nameFaults + kinds.flatMap(faults)
            + sinceFaults.map { "\($0) is known since no vocabulary yet." }
    }

    /// Names and plurals are words of one command line; a kind's own two may be one word.
    private var nameFaults: [String] {
        var seen: Set<String> = []
        return kinds.flatMap { Set([$0.name, $0.plural]).sorted() }.filter {
            seen.insert($0).inserted == false
        }
        .map { "Two kinds are called '\($0)'." }
    }

    private func kind(_ name: String) -> Kind? { kinds.first { $0.name == name } }

    private func faults(of kind: Kind) -> [String] {
        let links = kind.fields.compactMap { field in
            field.type.linkedKind.map { (field: field, kind: $0) }
        }
        return links.filter { self.kind($0.kind) == nil }
            .map { "\(kind.name): '\($0.field.name)' links to '\($0.kind)', which is no kind." }
            + kind.verbs.compactMap { verb in verb.passingOn.flatMap { fault(of: $0, kind) } }
    }

    /// What is passed on must be the same kind of field on both records.
    private func fault(of passing: Verb.PassingOn, _ kind: Kind) -> String? {
        let target = kind.field(passing.link)?.type.linkedKind.flatMap { self.kind($0) }
        let (here, there) = (kind.field(passing.field), target?.field(passing.field))
        guard let here, let there, here.family == there.family, here.type == there.type else {
            return "\(kind.name): '\(passing.field)' is passed on to no such field."
        }
        return nil
    }

    private var sinceFaults: [String] {
        let fields = kinds.flatMap { kind in
            kind.fields.map { (name: "\(kind.name)'s '\($0.name)'", field: $0) }
        }
        let all =
            kinds.map { ($0.name, $0.since) } + fields.map { ($0.name, $0.field.since) }
            + fields.flatMap { item in
                item.field.choicesSince.map { ("\(item.name) '\($0.key)'", $0.value) }
            } + formsSince.map { ("the form '\($0.key.rawValue)'", $0.value) }
        return all.filter { (1...max(1, number)).contains($0.1) == false }.map(\.0)
    }
}
