// SPDX-License-Identifier: MIT
package import Basics

/// How a log begins: whose it is, and which partnership it belongs to.
package struct Birth: Hashable, Sendable {
    /// Where a device's earlier log ended.
    package struct Previous: Hashable, Sendable {
        package let log: LogID
        package let seq: UInt64
        package let chain: Bytes32

        package init(log: LogID, seq: UInt64, chain: Bytes32) {
            self.log = log
            self.seq = seq
            self.chain = chain
        }
    }

    /// Nil in the founder's first log, whose own first chain value is the partnership's id.
    package let partnership: PartnershipID?
    package let key: DeviceKey
    package let boxKey: Bytes32
    package let nonce: Bytes16
    package let previous: Previous?
    /// The keys of the words kept on paper, in the founder's first log only.
    package let recovery: RecoveryKeys?

    package init(
        partnership: PartnershipID?, keys: (key: DeviceKey, boxKey: Bytes32), nonce: Bytes16,
        previous: Previous? = nil, recovery: RecoveryKeys? = nil
    ) {
        self.partnership = partnership
        key = keys.key
        boxKey = keys.boxKey
        self.nonce = nonce
        self.previous = previous
        self.recovery = recovery
    }

    package init(_ payload: UnsafeRawBufferPointer) throws(LogError) {
        do throws(CBORError) {
            var reader = CBORReader(payload)
            guard try reader.array() == 6 else { throw CBORError.unexpectedType }
            partnership = reader.takeNull() ? nil : PartnershipID(try reader.bytes32())
            key = DeviceKey(try reader.bytes32())
            boxKey = try reader.bytes32()
            nonce = try reader.bytes16()
            previous = reader.takeNull() ? nil : try Birth.previous(&reader)
            recovery = try Birth.recovery(&reader)
            try reader.finish()
            guard partnership == nil || recovery == nil else { throw .unexpectedType }
        } catch {
            throw .birthMalformed(error)
        }
    }

    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(6)
        if let partnership { writer.bytes32(partnership.bytes) } else { writer.null() }
        writer.bytes32(key.bytes)
        writer.bytes32(boxKey)
        writer.bytes16(nonce)
        if let previous {
            writer.array(3)
            writer.bytes16(previous.log.bytes)
            writer.unsigned(previous.seq)
            writer.bytes32(previous.chain)
        } else {
            writer.null()
        }
        writer.array(recovery == nil ? 0 : 2)
        if let recovery {
            writer.bytes32(recovery.signing.bytes)
            writer.bytes32(recovery.box)
        }
        return writer.bytes
    }

    /// An empty array, or one of both keys.
    private static func recovery(
        _ reader: inout CBORReader
    ) throws(CBORError) -> RecoveryKeys? {
        switch try reader.array() {
        case 0: return nil
        case 2:
            let signing = DeviceKey(try reader.bytes32())
            return RecoveryKeys(signing: signing, box: try reader.bytes32())
        default: throw .unexpectedType
        }
    }

    private static func previous(_ reader: inout CBORReader) throws(CBORError) -> Previous {
        guard try reader.array() == 3 else { throw .unexpectedType }
        let log = LogID(try reader.bytes16())
        let seq = try reader.unsigned()
        return Previous(log: log, seq: seq, chain: try reader.bytes32())
    }
}
