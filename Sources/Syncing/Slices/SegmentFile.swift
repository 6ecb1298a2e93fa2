// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// The encrypted file around a slice. `Docs/Formats/Exchange.md` is normative:
/// `magic keyId(16) nonce(24) length(4, u32le) ciphertext(length)`, all before the ciphertext being
/// its associated data.
///
/// The nonce follows from the key and the slice: whoever cuts the same slice makes the same file.
package enum SegmentFile {
    package static let magic: [UInt8] = Array("BEATSEG".utf8) + [2]
    package static let headLength = 52
    /// How many bytes longer the file is than its slice.
    package static let overhead = headLength + 16

    /// What a file's bytes are.
    package enum Decoded: Hashable, Sendable {
        case slice([UInt8], key: Bytes16)
        /// Shorter than it says: the rest may still be on its way.
        case notHereYet
        /// Closed with a key that is not on the ring.
        case waiting(key: Bytes16)
        case setAside(FileFault)
    }

    /// The whole file.
    package static func encode(_ slice: [UInt8], with key: EpochKey) -> [UInt8] {
        precondition(slice.count + overhead <= Limits.segment, "a slice fits a segment")
        let nonce = key.nonce(for: slice)
        let length = UInt32(slice.count + 16)
        var head = magic + key.id.array + nonce
        for shift: UInt32 in [0, 8, 16, 24] {
            head.append(UInt8(truncatingIfNeeded: length >> shift))
        }
        return head + key.encrypt(slice, nonce: nonce, associated: head)
    }

    /// Opens a file of any bytes.
    package static func decode(_ file: [UInt8], keys: KeyRing) -> Decoded {
        guard file.count <= Limits.segment else { return .setAside(.tooLarge) }
        guard file.prefix(magic.count).elementsEqual(magic.prefix(file.count)) else {
            return .setAside(.notASegment)
        }
        guard file.count >= headLength else { return .notHereYet }
        let length = file[48..<headLength].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Limits.segment - headLength else { return .setAside(.tooLarge) }
        guard file.count >= headLength + length else { return .notHereYet }
        guard file.count == headLength + length else { return .setAside(.longerThanItSays) }
        guard let id = Bytes16(file[8..<24]), let key = keys[id] else {
            return .waiting(key: Bytes16(file[8..<24]) ?? Bytes16(high: 0, low: 0))
        }
        let slice = key.decrypt(
            Array(file[headLength...]), nonce: Array(file[24..<48]),
            associated: Array(file[..<headLength]))
        guard let slice else { return .setAside(.altered) }
        return .slice(slice, key: id)
    }
}
