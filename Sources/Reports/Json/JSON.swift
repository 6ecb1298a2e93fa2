// SPDX-License-Identifier: MIT

/// A JSON value (RFC 8259) whose objects keep the order in which their keys were given.
///
/// There are no fractions, as the book has none.
package enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A key of an object and what stands under it.
    package struct Member: Equatable, Sendable {
        /// Any text; keys are not checked for doubles.
        package var key: String
        /// What stands under the key.
        package var value: JSON

        /// A member as it will be written, in the order in which members are listed.
        package init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }

    /// A whole number, or its digits as text where it is too large for 64 signed bits.
    package init(_ number: some BinaryInteger) {
        self = Int(exactly: number).map(JSON.integer) ?? .string(String(number))
    }

    /// Text, or null where there is none.
    package init(_ text: String?) {
        self = text.map(JSON.string) ?? .null
    }

    /// What stands under a key, if this is an object that has it.
    package subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(nilLiteral: ()) { self = .null }

    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}
