// SPDX-License-Identifier: MIT
package import Basics

/// The body of a `sealed.entry`: `[1, key id, nonce, ciphertext]`, and no salt before it.
///
/// `Docs/Formats/Circles.md` is normative. This program carries such entries and opens none yet.
package struct SealedBody: Hashable, Sendable {
    /// The id of the circle key that opens it.
    package let key: Bytes16
    /// Twenty-four bytes.
    package let nonce: [UInt8]
    package let ciphertext: [UInt8]

    /// What a sealed entry says inside.
    package struct Content: Hashable, Sendable {
        /// As the type of an open entry: `case.visited`.
        package let type: String
        /// Sixteen bytes.
        package let salt: [UInt8]
        /// What the body of an open entry has after its salt.
        package let changes: [String: CBORValue]

        package init(type: String, salt: [UInt8], changes: [String: CBORValue]) {
            self.type = type
            self.salt = salt
            self.changes = changes
        }
    }

    /// Where a sealed body stands, which it is bound to.
    package struct Place: Hashable, Sendable {
        package let partnership: PartnershipID
        package let log: LogID
        package let seq: UInt64
        /// The encoded record item of the header.
        package let record: [UInt8]

        package init(
            in partnership: PartnershipID, log: LogID, seq: UInt64, record: [UInt8]
        ) {
            self.partnership = partnership
            self.log = log
            self.seq = seq
            self.record = record
        }

        fileprivate var associated: [UInt8] {
            Domain.sealed.utf8 + partnership.bytes.array + log.bytes.array + seq.bigEndianBytes
                + record
        }
    }

    private static let version: UInt64 = 1
    private static let nonceSize = 24
    private static let padding = 256

    /// Seals what an entry says; `nonce` has twenty-four bytes of chance.
    package init(_ content: Content, at place: Place, under key: EpochKey, nonce: [UInt8]) {
        precondition(nonce.count == SealedBody.nonceSize, "a nonce has 24 bytes")
        var plain = CBORValue.array([
            .text(content.type), .bytes(content.salt), .map(named: content.changes),
        ]).encoded
        let rest = plain.count % SealedBody.padding
        if rest > 0 { plain += [UInt8](repeating: 0, count: SealedBody.padding - rest) }
        self.key = key.id
        self.nonce = nonce
        ciphertext = key.encrypt(plain, nonce: nonce, associated: place.associated)
    }

    /// Nil for bytes of any other form.
    package init?(_ body: [UInt8]) {
        let read = body.decoded { (raw) throws(CBORError) -> SealedBody in
            var reader = CBORReader(raw)
            guard try reader.array() == 4, try reader.unsigned() == SealedBody.version else {
                throw .unexpectedType
            }
            let key = try reader.bytes16()
            let nonce = Array(try reader.bytes())
            let ciphertext = Array(try reader.bytes(limit: body.count))
            guard nonce.count == SealedBody.nonceSize, ciphertext.count >= 16 else {
                throw .unexpectedType
            }
            try reader.finish()
            return SealedBody(key: key, nonce: nonce, ciphertext: ciphertext)
        }
        guard let read else { return nil }
        self = read
    }

    private init(key: Bytes16, nonce: [UInt8], ciphertext: [UInt8]) {
        self.key = key
        self.nonce = nonce
        self.ciphertext = ciphertext
    }

    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(4)
        writer.unsigned(SealedBody.version)
        writer.bytes16(key)
        writer.byteString(nonce)
        writer.byteString(ciphertext)
        return writer.bytes
    }

    /// What it says; nil for another key or place, and for what is not of the form inside.
    package func opened(at place: Place, with key: EpochKey) -> Content? {
        guard key.id == self.key,
            let plain = key.decrypt(ciphertext, nonce: nonce, associated: place.associated),
            plain.count % SealedBody.padding == 0
        else { return nil }
        return plain.decoded { (raw) throws(CBORError) -> Content in
            var reader = CBORReader(raw)
            guard try reader.array() == 3 else { throw .unexpectedType }
            let type = try reader.string()
            let salt = Array(try reader.bytes())
            let start = reader.position
            try reader.skip(depth: 1)
            let changes = try CBORValue(raw: reader.slice(from: start)).named
            while reader.remaining > 0 {
                guard raw[reader.position] == 0 else { throw .trailingBytes }
                reader.position += 1
            }
            guard let changes, salt.count == 16 else { throw .unexpectedType }
            return Content(type: type, salt: salt, changes: changes)
        }
    }
}
