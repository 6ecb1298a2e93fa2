// SPDX-License-Identifier: MIT
import Basics
import Events

/// From which number on a vocabulary knows what an act says: the latest of its kind, its field, its
/// choice and the form it is written in. Programs that state a lower one cannot have shown it.
final class FieldSince: Sendable {
    private let field: UInt64
    /// By choice, encoded; only those that came later than the field.
    private let choices: [ShortBytes: UInt64]
    private let forms: [ChangeForm: UInt64]
    private let isKeyed: Bool
    /// Whether all of it was known from the first vocabulary on.
    private let isFirst: Bool

    init(_ field: Field, of kind: Kind, _ forms: [ChangeForm: UInt64]) {
        self.field = max(kind.since, field.since)
        self.forms = forms
        isKeyed = field.key != nil
        var choices: [ShortBytes: UInt64] = [:]
        for (name, since) in field.choicesSince {
            choices[EncodedValue(.text(name)).bytes] = since
        }
        self.choices = choices
        isFirst = self.field <= 1 && choices.isEmpty && forms.values.allSatisfy { $0 <= 1 }
    }

    func number(of act: LastAct) -> UInt64 {
        guard isFirst == false else { return 1 }
        switch act.act {
        case .write: return number(isKeyed ? .keyed : .value, act.value)
        case .add, .remove: return number(.set, act.key)
        case .count: return number(.counted, nil)
        case .parts: return max(field, LastAct.since(ofParts: act.key))
        case .partAct: return number(act.value == ShortBytes([1]) ? .void : .correct, nil)
        }
    }

    /// The number of the form alone that a part is written in.
    func number(ofParts form: ChangeForm) -> UInt64 { forms[form] ?? 1 }

    private func number(_ form: ChangeForm, _ value: ShortBytes?) -> UInt64 {
        max(field, forms[form] ?? 1, value.flatMap { choices[$0] } ?? 1)
    }
}
