// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// A device's wish to be enrolled, signed with its own key.
package struct Request: Hashable, Sendable {
    package let partnership: PartnershipID
    package let key: DeviceKey
    package let boxKey: Bytes32
    /// That of the birth of the device's first log, which is thereby known before it is here.
    package let nonce: Bytes16

    package init(
        partnership: PartnershipID, key: DeviceKey, boxKey: Bytes32, nonce: Bytes16
    ) {
        self.partnership = partnership
        self.key = key
        self.boxKey = boxKey
        self.nonce = nonce
    }

    /// The digest whose first eight bytes are the words that two people compare.
    package var fingerprint: Digest { key.fingerprint(with: boxKey) }

    /// The device's first log, before its first entry: where an enrolment holds from.
    package var start: PinnedEntry {
        let birth = Birth(partnership: partnership, keys: (key, boxKey), nonce: nonce)
        let log = LogIdentity(birth)
        return PinnedEntry(log: log.id, seq: 0, chain: log.origin.first)
    }
}

/// The file around a request. `Docs/Formats/Exchange.md` is normative: `magic payload
/// signature(64)`.
package enum RequestFile {
    package static let magic: [UInt8] = Array("BEATREQ".utf8) + [2]
    /// No request is longer.
    package static let limit = 1_024

    /// Stops the program unless the request is for the signing key's own device.
    package static func encode(_ request: Request, signingWith key: SigningKey) -> [UInt8] {
        precondition(key.publicKey == request.key, "a device asks for itself")
        let payload = payload(request)
        return magic + payload + key.sign(.request, payload)
    }

    /// Nil unless the bytes are exactly a request with a good signature.
    package static func decode(_ bytes: [UInt8]) -> Request? {
        guard bytes.count <= limit, bytes.count > magic.count + 64, bytes.starts(with: magic)
        else { return nil }
        let payload = Array(bytes[magic.count..<(bytes.count - 64)])
        guard let request = payload.decoded(read),
            request.key.verifies(Array(bytes.suffix(64)), .request, payload)
        else { return nil }
        return request
    }

    private static func payload(_ request: Request) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(4)
        writer.bytes32(request.partnership.bytes)
        writer.bytes32(request.key.bytes)
        writer.bytes32(request.boxKey)
        writer.bytes16(request.nonce)
        return writer.bytes
    }

    private static func read(_ raw: UnsafeRawBufferPointer) throws(CBORError) -> Request {
        var reader = CBORReader(raw)
        guard try reader.array() == 4 else { throw .unexpectedType }
        let request = Request(
            partnership: PartnershipID(try reader.bytes32()),
            key: DeviceKey(try reader.bytes32()), boxKey: try reader.bytes32(),
            nonce: try reader.bytes16())
        try reader.finish()
        return request
    }
}
