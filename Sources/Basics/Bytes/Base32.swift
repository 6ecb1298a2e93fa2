// SPDX-License-Identifier: MIT

/// Base 32 of RFC 4648 in lower case, without padding: file names that survive every file system.
package enum Base32 {
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        var out: [UInt8] = []
        var held: UInt32 = 0
        var heldBits = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            heldBits += 8
            while heldBits >= 5 {
                heldBits -= 5
                out.append(digits[Int(held >> UInt32(heldBits)) & 31])
            }
        }
        if heldBits > 0 { out.append(digits[Int(held << UInt32(5 - heldBits)) & 31]) }
        return String(decoding: out, as: UTF8.self)
    }
}
