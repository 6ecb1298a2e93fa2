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

    init(_ field: Field, keepsEveryWrite: Bool) {
        self.keepsEveryWrite = keepsEveryWrite
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
        if case .cautious(let caution) = field.family {
            mayEase = caution.mayEase
        } else {
            mayEase = [.coordinators, .field, .auditors]
        }
    }
}
