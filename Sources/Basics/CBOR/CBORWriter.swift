// SPDX-License-Identifier: MIT

/// Writes deterministic CBOR into one buffer that grows.
///
/// The caller gives map keys in order; `CBORValue` sorts them itself.
package struct CBORWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    package mutating func unsigned(_ value: UInt64) { head(0, value) }

    package mutating func signed(_ value: Int64) {
        if value >= 0 { head(0, UInt64(value)) } else { head(1, UInt64(-1 - value)) }
    }

    package mutating func array(_ count: Int) { head(4, UInt64(count)) }

    package mutating func map(_ count: Int) { head(5, UInt64(count)) }

    package mutating func null() { bytes.append(0xf6) }

    package mutating func bool(_ value: Bool) { bytes.append(value ? 0xf5 : 0xf4) }

    package mutating func byteString(_ value: [UInt8]) {
        head(2, UInt64(value.count))
        bytes += value
    }

    package mutating func bytes16(_ value: Bytes16) {
        head(2, 16)
        word(value.high)
        word(value.low)
    }

    package mutating func bytes32(_ value: Bytes32) {
        head(2, 32)
        for half in [value.first, value.second] {
            word(half.high)
            word(half.low)
        }
    }

    package mutating func text(_ value: String) {
        head(3, UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// Appends bytes that are already encoded.
    package mutating func encoded(_ item: some Sequence<UInt8>) { bytes.append(contentsOf: item) }

    package mutating func encoded(_ item: ShortBytes) {
        item.withRaw { bytes.append(contentsOf: $0) }
    }

    private mutating func word(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func head(_ major: UInt8, _ value: UInt64) {
        let top = major << 5
        if value < 24 {
            bytes.append(top | UInt8(value))
        } else if value <= 0xff {
            bytes.append(top | 24)
            bytes.append(UInt8(value))
        } else {
            let widthLog = value <= 0xffff ? 1 : value <= 0xffff_ffff ? 2 : 3
            bytes.append(top | UInt8(24 + widthLog))
            let width = 1 << widthLog
            for shift in stride(from: (width - 1) * 8, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
            }
        }
    }
}
