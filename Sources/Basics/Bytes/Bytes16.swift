// SPDX-License-Identifier: MIT

/// Sixteen bytes held in two words, compared as bytes: the storage of ids and short digests.
package struct Bytes16: Hashable, Comparable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads sixteen bytes; the caller vouches that they are there.
    @inlinable package init(_ start: UnsafeRawPointer) {
        high = UInt64(bigEndian: start.loadUnaligned(as: UInt64.self))
        low = UInt64(bigEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    /// Nil unless there are exactly sixteen bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard let value = bytes.exactly(16, { Bytes16($0) }) else { return nil }
        self = value
    }

    /// Reads 32 hexadecimal digits of either case; nil for anything else.
    package init?(hex: some StringProtocol) {
        guard let bytes = Hex.bytes(hex), let value = Bytes16(bytes) else { return nil }
        self = value
    }

    @inlinable package func store(to target: UnsafeMutableRawPointer) {
        target.storeBytes(of: high.bigEndian, as: UInt64.self)
        target.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }

    package var array: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            if let base = buffer.baseAddress { store(to: UnsafeMutableRawPointer(base)) }
            count = 16
        }
    }

    package var hex: String { Hex.text(array) }

    @inlinable package static func < (left: Bytes16, right: Bytes16) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}
