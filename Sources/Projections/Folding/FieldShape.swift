// SPDX-License-Identifier: MIT
import Events

/// What folding must know of a field, small and without references: it is looked at for every
/// change of a million entries.
package struct FieldShape {
    package enum Change {
        case register, keyed, standing, set, tally, parts
    }

    package enum Value {
        case text, integer, flag, link
    }

    let change: Change
    let value: Value
    let writers: Roles
    /// Whose write settles every earlier one: all roles but on a cautious field.
    let mayEase: Roles

    /// Whether every write stands for itself, since a rule asks which values had been seen.
    let keepsEveryWrite: Bool

    /// From which vocabulary number on the forms of a part are known.
    let partSince: UInt64
    let partOfValuesSince: UInt64

    init(_ field: Field, _ plan: FieldPlan) {
        keepsEveryWrite = plan.keepsEveryWrite
        partSince = plan.since.number(ofParts: .part)
        partOfValuesSince = plan.since.number(ofParts: .partOfValues)
        change =
            switch field.family {
            case .standing: .standing
            case .latest, .cautious, .reading: field.key == nil ? .register : .keyed
            case .set: .set
            case .tally: .tally
            case .entries: .parts
            }
        value =
            switch field.type {
            case .text, .longText, .code, .choice, .date: .text
            case .integer: .integer
            case .flag: .flag
            case .link: .link
            }
        writers = field.writers
        mayEase = field.caution?.mayEase ?? [.coordinators, .field, .auditors]
    }
}
