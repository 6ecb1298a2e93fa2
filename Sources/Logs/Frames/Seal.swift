// SPDX-License-Identifier: MIT
package import Basics

/// A device's signature over its log up to a place.
package struct Seal: Hashable, Sendable {
    package let seq: UInt64
    package let chain: Bytes32
    package let signature: [UInt8]

    /// Signs the tip of the log that the key owns.
    package init(_ tip: LogTip, of log: LogIdentity, with key: SigningKey) {
        seq = tip.seq
        chain = tip.chain
        signature = key.sign(.seal, Seal.message(tip.seq, tip.chain, log.id, log.partnership))
    }

    package init(_ payload: UnsafeRawBufferPointer) throws(LogError) {
        do throws(CBORError) {
            var reader = CBORReader(payload)
            guard try reader.array() == 3 else { throw CBORError.unexpectedType }
            seq = try reader.unsigned()
            chain = try reader.bytes32()
            signature = Array(try reader.bytes())
            try reader.finish()
        } catch {
            throw .sealMalformed(error)
        }
    }

    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(3)
        writer.unsigned(seq)
        writer.bytes32(chain)
        writer.byteString(signature)
        return writer.bytes
    }

    /// Whether the log's own key made this seal for that log.
    package func verifies(for log: LogIdentity) -> Bool {
        verifies(for: log.id, of: log.partnership, with: log.key)
    }

    /// Whether a key made this seal for a log, whose birth need not be known.
    package func verifies(
        for log: LogID, of partnership: PartnershipID, with key: DeviceKey
    ) -> Bool {
        key.isSound
            && key.verifiesAsSound(signature, .seal, Seal.message(seq, chain, log, partnership))
    }

    /// The same where the log's key was found sound before.
    func verifiesAsSound(for log: LogIdentity) -> Bool {
        log.key.verifiesAsSound(
            signature, .seal, Seal.message(seq, chain, log.id, log.partnership))
    }

    private static func message(
        _ seq: UInt64, _ chain: Bytes32, _ log: LogID, _ partnership: PartnershipID
    ) -> [UInt8] {
        let place = (0..<8).map { UInt8(truncatingIfNeeded: seq >> UInt64(56 - 8 * $0)) }
        return partnership.bytes.array + log.bytes.array + place + chain.array
    }
}
