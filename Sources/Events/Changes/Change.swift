// SPDX-License-Identifier: MIT
package import Basics

/// What a body says of one field, in the form of its family.
///
/// `Docs/Formats/Changes.md` is normative. A change reads the values' forms, and leaves their types
/// to the field's declaration.
package enum Change: Hashable, Sendable {
    /// A plain register: a value, or null for none.
    case value(CBORValue)
    /// Values by key, each perhaps null: keyed registers and readings.
    case keyed([String: CBORValue])
    case set(adding: [CBORValue], removing: [CBORValue])
    /// How many more of each.
    case counted([String: Int64])
    case parts([PartChange])

    /// The form in which a field takes its changes.
    package enum Form: Hashable, Sendable {
        case register, keyed, set, tally, parts
    }

    package static func added(_ values: [CBORValue]) -> Change {
        .set(adding: values, removing: [])
    }

    package static func removed(_ values: [CBORValue]) -> Change {
        .set(adding: [], removing: values)
    }

    package static func part(_ text: String) -> Change { .parts([.added(.text(text))]) }

    /// Nil for a value that does not have the form of a field's family.
    package init?(_ value: CBORValue, of field: Field) { self.init(value, as: field.changeForm) }

    /// Nil for a value that does not have the form.
    package init?(_ value: CBORValue, as form: Form) {
        switch form {
        case .register:
            guard value.isFieldValue || value == .null else { return nil }
            self = .value(value)
        case .keyed:
            guard let values = value.named,
                values.values.allSatisfy({ $0.isFieldValue || $0 == .null })
            else { return nil }
            self = .keyed(values)
        case .set:
            guard let signs = value.named, signs.isEmpty == false,
                let adding = Change.elements(signs["+"]),
                let removing = Change.elements(signs["-"]),
                Set(signs.keys).isSubset(of: ["+", "-"])
            else { return nil }
            self = .set(adding: adding, removing: removing)
        case .tally:
            guard let values = value.named else { return nil }
            let amounts = values.compactMapValues(\.signed)
            guard amounts.count == values.count else { return nil }
            self = .counted(amounts)
        case .parts:
            guard case .array(let items) = value else { return nil }
            let acts = items.compactMap { PartChange($0) }
            guard acts.count == items.count, acts.count(where: \.isAddition) <= 1 else {
                return nil
            }
            self = .parts(acts)
        }
    }

    /// The change as a body has it.
    package var encoded: CBORValue {
        switch self {
        case .value(let value): value
        case .keyed(let values): .map(named: values)
        case .set(let adding, let removing): Change.encoded(adding, removing)
        case .counted(let amounts): .map(named: amounts.mapValues { .integer($0) })
        case .parts(let acts): .array(acts.map(\.encoded))
        }
    }

    private static func encoded(_ adding: [CBORValue], _ removing: [CBORValue]) -> CBORValue {
        var signs: [String: CBORValue] = [:]
        if adding.isEmpty == false { signs["+"] = .array(adding) }
        if removing.isEmpty == false { signs["-"] = .array(removing) }
        return .map(named: signs)
    }

    /// The elements under a sign; none where it is missing, nil where they have another form.
    private static func elements(_ value: CBORValue?) -> [CBORValue]? {
        guard let value else { return [] }
        guard case .array(let items) = value, items.isEmpty == false,
            items.allSatisfy(\.isFieldValue)
        else { return nil }
        return items
    }
}
