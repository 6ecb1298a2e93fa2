// SPDX-License-Identifier: MIT

/// Whether bytes are valid UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing past
/// U+10FFFF.
@usableFromInline enum UTF8Check {
    @usableFromInline static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if index + 8 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & highBits == 0
            {
                index += 8
                continue
            }
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            guard let (length, lowest, highest) = shape(lead), index + length <= bytes.count else {
                return false
            }
            guard (lowest...highest).contains(bytes[index + 1]) else { return false }
            for place in (index + 2)..<max(index + 2, index + length)
            where bytes[place] & 0xc0 != 0x80 {
                return false
            }
            index += length
        }
        return true
    }

    // Clear in eight bytes that are all ASCII, as most are.
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The length of a sequence and the range of its second byte, by its first (RFC 3629,
    /// section 4).
    private static func shape(_ lead: UInt8) -> (length: Int, lowest: UInt8, highest: UInt8)? {
        switch lead {
        case 0xc2...0xdf: (2, 0x80, 0xbf)
        case 0xe0: (3, 0xa0, 0xbf)
        case 0xe1...0xec, 0xee...0xef: (3, 0x80, 0xbf)
        case 0xed: (3, 0x80, 0x9f)
        case 0xf0: (4, 0x90, 0xbf)
        case 0xf1...0xf3: (4, 0x80, 0xbf)
        case 0xf4: (4, 0x80, 0x8f)
        default: nil
        }
    }
}
