// SPDX-License-Identifier: MIT
import Basics
package import Events

/// Which of two values of a cautious field is the more cautious one.
package struct Ranking: Sendable {
    private let order: Caution.Order
    /// Encoded, the most cautious first.
    private let choices: [ShortBytes]
    let mayEase: Roles

    init(_ field: Field, _ caution: Caution) {
        order = caution.order
        mayEase = caution.mayEase
        choices = field.choices.map { EncodedValue(.text($0)).bytes }
    }

    /// True if the left write's value is more cautious, false if less, nil if neither.
    func isMoreCautious(_ left: LastAct, _ right: LastAct) -> Bool? {
        isMoreCautious(left.value, right.value)
    }

    /// The same, of encoded values. No value is less cautious than any.
    func isMoreCautious(_ left: ShortBytes, _ right: ShortBytes) -> Bool? {
        guard left != right else { return nil }
        let null = EncodedValue.null.bytes
        if left == null || right == null { return right == null }
        switch order {
        case .listed:
            // Values that this vocabulary does not know come first, by their bytes.
            let places = (choices.firstIndex(of: left) ?? -1, choices.firstIndex(of: right) ?? -1)
            guard places.0 != places.1 else { return left.precedes(right) }
            return places.0 < places.1
        case .lesser: return precedes(left, right)
        case .greater: return precedes(right, left)
        }
    }

    /// Whether no value of the field is less cautious: such a write is never news of harm.
    /// Whether a value has a place in the order of this vocabulary. Others come first, so that
    /// nobody hides a level behind a word of their own.
    func isKnown(_ encoded: ShortBytes) -> Bool {
        switch order {
        case .listed: choices.contains(encoded) || encoded == EncodedValue.null.bytes
        case .lesser, .greater: true
        }
    }

    func isLeastCautious(_ encoded: ShortBytes) -> Bool {
        if encoded == EncodedValue.null.bytes { return true }
        switch order {
        case .listed: return choices.last == encoded
        case .lesser: return encoded == EncodedValue(.bool(true)).bytes
        case .greater: return encoded == EncodedValue(.bool(false)).bytes
        }
    }

    private func precedes(_ left: ShortBytes, _ right: ShortBytes) -> Bool {
        switch (EncodedValue(left).value, EncodedValue(right).value) {
        case (.text(let left), .text(let right)):
            left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.bool(let left), .bool(let right)): left == false && right
        case (.unsigned(let left), .unsigned(let right)): left < right
        case (.negative(let left), .negative(let right)): left < right
        case (.negative, .unsigned): true
        case (.unsigned, .negative): false
        default: left.precedes(right)
        }
    }
}

extension Caution {
    /// Whether a shown value is more cautious than one that someone is about to write.
    package static func isMoreCautious(
        _ shown: EncodedValue, _ written: EncodedValue, _ field: Field, _ caution: Caution
    ) -> Bool {
        Ranking(field, caution).isMoreCautious(shown.bytes, written.bytes) == true
    }
}
