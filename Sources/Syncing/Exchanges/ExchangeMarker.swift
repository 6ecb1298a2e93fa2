// SPDX-License-Identifier: MIT
package import Basics

/// The file that makes a folder an exchange and says whose. `Docs/Formats/Exchange.md` is
/// normative: exactly two lines of ASCII, each ended by one line feed.
package enum ExchangeMarker {
    package static let name = "beatbook.exchange"
    private static let opening = Array("beatbook exchange 2\npartnership ".utf8)
    static let length = opening.count + 65

    package static func encode(_ partnership: PartnershipID) -> [UInt8] {
        opening + Array("\(partnership.hex)\n".utf8)
    }

    /// Whether the bytes begin as a marker of another format does.
    static func isOfAnotherFormat(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: Array("beatbook exchange ".utf8)) && !bytes.starts(with: opening)
    }

    /// Nil unless the bytes are exactly a marker.
    package static func decode(_ bytes: [UInt8]) -> PartnershipID? {
        guard bytes.count == length, bytes.starts(with: opening) else { return nil }
        let digits = bytes[opening.count..<(length - 1)]
        guard let id = Bytes32(hex: String(decoding: digits, as: UTF8.self)) else { return nil }
        // Upper case digits and a last byte that is no line feed are other bytes than these.
        let partnership = PartnershipID(id)
        return encode(partnership) == bytes ? partnership : nil
    }
}
