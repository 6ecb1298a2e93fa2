// SPDX-License-Identifier: MIT
import Basics
package import Events

/// Which of two values of a cautious field is the more cautious one.
struct Ranking {
    let field: Field
    let order: Caution.Order

    /// True if the left write's value is more cautious, false if less, nil if neither.
    func isMoreCautious(_ left: Cell, _ right: Cell) -> Bool? {
        guard left.value != right.value else { return nil }
        return isMoreCautious(left.value, right.value)
    }

    /// The same, of encoded values. No value is less cautious than any.
    func isMoreCautious(_ left: ShortBytes, _ right: ShortBytes) -> Bool? {
        guard left != right else { return nil }
        let null = EncodedValue.null.bytes
        if left == null || right == null { return right == null }
        switch order {
        case .listed:
            let places = (choice(left), choice(right))
            // Values that this vocabulary does not know come first, by their bytes.
            guard places.0 != places.1 else { return left.precedes(right) }
            return places.0 < places.1
        case .lesser: return precedes(left, right)
        case .greater: return precedes(right, left)
        }
    }

    private func choice(_ encoded: ShortBytes) -> Int {
        EncodedValue(encoded).text.flatMap { field.choices.firstIndex(of: $0) } ?? -1
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
        Ranking(field: field, order: caution.order)
            .isMoreCautious(shown.bytes, written.bytes) == true
    }
}
