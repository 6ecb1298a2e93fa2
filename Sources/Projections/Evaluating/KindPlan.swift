// SPDX-License-Identifier: MIT
import Basics
package import Events

/// What folding and evaluating look up of a kind, found once.
///
/// Each worker has its own: two cores that count references to one thing wait for each other.
package final class KindPlan: Sendable {
    let kind: Kind
    package let fields: [FieldPlan]
    /// The fields in the order of canonical bytes: shorter names first, then by bytes.
    package let canonical: [FieldPlan]
    let rules: [RulePlan]
    /// Who may make such a record.
    let makers: Roles

    /// `formsSince` is what the vocabulary says of the forms of changes.
    package init(_ kind: Kind, formsSince: [ChangeForm: UInt64] = [:]) {
        self.kind = kind
        let asked = KindPlan.fieldsOfWhichRulesAskTheValues(kind)
        fields = kind.fields.enumerated().map { place, field in
            FieldPlan(
                field, at: place, keepsEveryWrite: asked.contains(field.name),
                since: FieldSince(field, of: kind, formsSince))
        }
        makers = kind.declared(kind.title).writers
        canonical = CanonicalRecord.order(kind.fields.map(\.name)).map { [fields] in fields[$0] }
        rules = kind.rules.map { RulePlan($0, in: kind) }
    }
}

extension KindPlan {
    /// Fields of which a rule asks what values the author of a closing had seen.
    private static func fieldsOfWhichRulesAskTheValues(_ kind: Kind) -> Set<String> {
        var names: Set<String> = []
        for cause in kind.rules.flatMap(\.unseen) {
            if case .moreCautious(let name) = cause { names.insert(name) }
        }
        return names
    }
}

/// What evaluating looks up of a field.
package final class FieldPlan: Sendable {
    /// The field's place in its kind.
    let index: Int
    /// The name as a key of canonical bytes.
    let key: ShortBytes
    let family: Family
    let isKeyed: Bool
    package let isSearchable: Bool
    let flagsSeveral: Bool
    /// Which values are more cautious, where the family asks.
    let ranking: Ranking?
    /// The vocabulary's numbers from which on what is written on it is known.
    let since: FieldSince
    /// The choices, encoded; empty for other types.
    private let choices: [ShortBytes]
    /// Whether every write on it stands for itself.
    let keepsEveryWrite: Bool

    init(_ field: Field, at index: Int, keepsEveryWrite: Bool, since: FieldSince) {
        self.since = since
        choices = field.choices.map { EncodedValue(.text($0)).bytes }
        self.keepsEveryWrite = keepsEveryWrite
        self.index = index
        key = EncodedValue(.text(field.name)).bytes
        family = field.family
        isKeyed = field.key != nil
        isSearchable = field.isSearchable
        flagsSeveral = field.flagsSeveral
        ranking = field.caution.map { Ranking(field, $0) }
    }

    /// Whether this vocabulary knows the choice that an act writes; yes where there is none.
    func knows(_ act: LastAct) -> Bool {
        guard choices.isEmpty == false else { return true }
        let value = act.act == .add || act.act == .remove ? act.key : act.value
        return choices.contains(value) || value == EncodedValue.null.bytes
    }
}

/// A rule with its fields and values looked up.
package struct RulePlan: Sendable {
    package enum Cause: Hashable, Sendable {
        case part(Int)
        case moreCautious(Int)
    }

    let rule: Rule
    let field: Int
    let values: [ShortBytes]
    let unseen: [Cause]
    /// What suspends comes before what only wants a look.
    let urgency: Int

    package init(_ rule: Rule, in kind: Kind) {
        self.rule = rule
        field = kind.place(of: rule.field)
        values = rule.values.map { EncodedValue(.text($0)).bytes }
        unseen = rule.unseen.map { cause in
            switch cause {
            case .part(let name): .part(kind.place(of: name))
            case .moreCautious(let name): .moreCautious(kind.place(of: name))
            }
        }
        let flags = rule.effect == .flag ? 1 : 0
        urgency = kind.declared(rule.field).urgency + flags
    }
}
