// SPDX-License-Identifier: MIT
package import Basics

/// Where the log that a device writes stood when a command was answered for.
/// `Docs/Formats/Witness.md` is normative:
///
///     witness = magic generation(8, u64be) log id(16) seq(8, u64be) chain value(32) check(16)
///     check   = the first 16 bytes of H("beatbook/witness/1" ‖ all before)
package struct Witness: Hashable, Sendable {
    /// Goes up with each that is written.
    package let generation: UInt64
    package let log: LogID
    /// The last entry that was answered for.
    package let seq: UInt64
    /// The log's chain value after it.
    package let chain: Bytes32

    package init(generation: UInt64, log: LogID, seq: UInt64, chain: Bytes32) {
        self.generation = generation
        self.log = log
        self.seq = seq
        self.chain = chain
    }

    static let magic: [UInt8] = Array("BEATWIT".utf8) + [1]
    static let length = 88

    package var encoded: [UInt8] {
        let start =
            Witness.magic + generation.bigEndianBytes + log.bytes.array + seq.bigEndianBytes
            + chain.array
        return start + Digest.of(.witness, start).bytes.first.array
    }

    private static let generationLimit: UInt64 = 1 << 62
    private static let seqLimit: UInt64 = 1 << 40

    /// Reads a witness that bytes begin with; nil if they do not.
    package init?(_ bytes: ArraySlice<UInt8>) {
        let all = Array(bytes.prefix(Witness.length))
        guard all.count == Witness.length, all.starts(with: Witness.magic),
            Digest.of(.witness, Array(all[..<72])).bytes.first == Bytes16(all[72...]),
            let log = Bytes16(all[16..<32]), let chain = Bytes32(all[40..<72])
        else { return nil }
        generation = UInt64(bigEndianBytes: all[8..<16])
        self.log = LogID(log)
        seq = UInt64(bigEndianBytes: all[32..<40])
        // Nobody writes so many, and counting on from them has to stay possible.
        guard generation < Witness.generationLimit, seq < Witness.seqLimit else { return nil }
        self.chain = chain
    }
}
