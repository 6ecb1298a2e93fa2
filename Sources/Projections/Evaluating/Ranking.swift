// SPDX-License-Identifier: MIT
import Basics
package import Events

/// Which of two values of a cautious field is the more cautious one.
package struct Ranking: Sendable {
    private let order: Caution.Order
    /// Encoded, the most cautious first.
    private let choices: [ShortBytes]
    private let isDate: Bool
    let mayEase: Roles

    init(_ field: Field, _ caution: Caution) {
        order = caution.order
        mayEase = caution.mayEase
        choices = field.choices.map { EncodedValue(.text($0)).bytes }
        isDate = if case .date = field.type { true } else { false }
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
        if order == .listed {
            let places = (place(of: left), place(of: right))
            return places.0 == places.1 ? left.precedes(right) : places.0 < places.1
        }
        let known = (isKnown(left), isKnown(right))
        guard known.0 == known.1 else { return known.0 }
        return order == .lesser ? precedes(left, right) : precedes(right, left)
    }

    /// Of a listed value, twice as far as it stands in the list. Any other comes right before the
    /// last, so that it neither hides what is more protective nor passes for what is least.
    private func place(of encoded: ShortBytes) -> Int {
        2 * (choices.firstIndex(of: encoded) ?? choices.count - 1)
            - (choices.contains(encoded) ? 0 : 1)
    }

    /// Whether a value has a place of its own in the order: nobody hides a level or a date behind a
    /// word that is none.
    func isKnown(_ encoded: ShortBytes) -> Bool {
        switch order {
        case .listed: choices.contains(encoded) || encoded == EncodedValue.null.bytes
        case .lesser, .greater: isDate == false || Ranking.isDate(EncodedValue(encoded).value)
        }
    }

    /// Whether a value has the form of a date, a month or a year, in the calendar or not.
    private static func isDate(_ value: CBORValue) -> Bool {
        guard case .text(let text) = value else { return value == .null }
        let shape = text.utf8.map { byte in
            byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                ? byte : nil
        }
        guard [4, 7, 10].contains(shape.count) else { return false }
        return shape.enumerated().allSatisfy { place, byte in
            byte.map { ($0 == UInt8(ascii: "-")) == (place == 4 || place == 7) } ?? false
        }
    }

    /// Whether no value of the field is less cautious: such a write is never news of harm.
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
