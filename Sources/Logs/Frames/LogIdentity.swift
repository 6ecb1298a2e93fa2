// SPDX-License-Identifier: MIT
package import Basics

/// What follows from a log's birth: its id, its first chain value, its partnership and its key.
package struct LogIdentity: Hashable, Sendable {
    package let birth: Birth
    package let id: LogID
    package let partnership: PartnershipID
    /// The chain value before the first entry, h(0).
    package let origin: Bytes32

    package init(_ birth: Birth) {
        self.init(birth, payload: birth.encoded)
    }

    /// Reads a birth payload; its bytes, not a new encoding, are what is hashed.
    package init(payload: UnsafeRawBufferPointer) throws(LogError) {
        self.init(try Birth(payload), payload: Array(payload))
    }

    private init(_ birth: Birth, payload: [UInt8]) {
        self.birth = birth
        origin = Digest.of(.birth, payload).bytes
        id = LogID(origin.first)
        partnership = birth.partnership ?? PartnershipID(origin)
    }

    package var isFounding: Bool { birth.partnership == nil }

    package var key: DeviceKey { birth.key }

    /// The place before the first entry.
    package var start: LogTip {
        LogTip(seq: 0, time: HybridTime(raw: 0), chain: origin)
    }
}

/// Where a log stands after an entry.
package struct LogTip: Hashable, Sendable {
    package let seq: UInt64
    package let time: HybridTime
    package let chain: Bytes32

    package init(seq: UInt64, time: HybridTime, chain: Bytes32) {
        self.seq = seq
        self.time = time
        self.chain = chain
    }
}
