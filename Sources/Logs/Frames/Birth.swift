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
    /// Keys kept on paper, at most two, in the founder's first log only.
    package let recoveryKeys: [DeviceKey]

    package init(
        partnership: PartnershipID?, keys: (key: DeviceKey, boxKey: Bytes32), nonce: Bytes16,
        previous: Previous? = nil, recoveryKeys: [DeviceKey] = []
    ) {
        self.partnership = partnership
        key = keys.key
        boxKey = keys.boxKey
        self.nonce = nonce
        self.previous = previous
        self.recoveryKeys = recoveryKeys
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
            var keys: [DeviceKey] = []
            for _ in 0..<(try reader.array()) { keys.append(DeviceKey(try reader.bytes32())) }
            recoveryKeys = keys
            try reader.finish()
            guard keys.count <= (partnership == nil ? 2 : 0) else { throw .unexpectedType }
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
        writer.array(recoveryKeys.count)
        for key in recoveryKeys { writer.bytes32(key.bytes) }
        return writer.bytes
    }

    private static func previous(_ reader: inout CBORReader) throws(CBORError) -> Previous {
        guard try reader.array() == 3 else { throw .unexpectedType }
        let log = LogID(try reader.bytes16())
        let seq = try reader.unsigned()
        return Previous(log: log, seq: seq, chain: try reader.bytes32())
    }
}
