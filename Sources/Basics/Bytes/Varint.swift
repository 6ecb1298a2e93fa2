// SPDX-License-Identifier: MIT

/// Unsigned numbers in groups of seven bits, least significant first: for caches, not for formats.
package enum Varint {
    @inlinable package static func append(_ value: UInt64, to out: inout [UInt8]) {
        forEachByte(of: value) { out.append($0) }
    }

    @inlinable package static func append(_ value: UInt64, to out: inout ShortBytes) {
        forEachByte(of: value) { out.append($0) }
    }

    @inlinable @inline(__always) static func forEachByte(
        of value: UInt64, _ body: (UInt8) -> Void
    ) {
        var rest = value
        while rest >= 0x80 {
            body(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        body(UInt8(rest))
    }

    /// Nil at the end of the bytes, or where they make no number of 64 bits.
    @inlinable package static func read(
        _ raw: UnsafeRawBufferPointer, _ offset: inout Int
    ) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < raw.count, shift < 64 {
            let byte = raw[offset]
            offset += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
