// SPDX-License-Identifier: MIT

/// Thirty-two bytes held in two halves, compared as bytes: the storage of digests and keys.
package struct Bytes32: Hashable, Comparable, Sendable {
    package let first: Bytes16
    package let second: Bytes16

    package init(first: Bytes16, second: Bytes16) {
        self.first = first
        self.second = second
    }

    /// Reads thirty-two bytes; the caller vouches that they are there.
    @inlinable package init(_ start: UnsafeRawPointer) {
        first = Bytes16(start)
        second = Bytes16(start + 16)
    }

    /// Nil unless there are exactly thirty-two bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard let value = bytes.exactly(32, { Bytes32($0) }) else { return nil }
        self = value
    }

    /// Reads 64 hexadecimal digits of either case; nil for anything else.
    package init?(hex: some StringProtocol) {
        guard let bytes = Hex.bytes(hex), let value = Bytes32(bytes) else { return nil }
        self = value
    }

    @inlinable package func store(to target: UnsafeMutableRawPointer) {
        first.store(to: target)
        second.store(to: target + 16)
    }

    package var array: [UInt8] { first.array + second.array }

    package var hex: String { Hex.text(array) }

    @inlinable package static func < (left: Bytes32, right: Bytes32) -> Bool {
        left.first != right.first ? left.first < right.first : left.second < right.second
    }
}
