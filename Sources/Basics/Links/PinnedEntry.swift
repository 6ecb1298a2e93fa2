// SPDX-License-Identifier: MIT

/// An entry named with its history: `[log id, seq, h]`, whichever log it stands in.
///
/// Acts that give power or cannot be undone name what they rely on in this form.
package struct PinnedEntry: Hashable, Sendable {
    package let log: LogID
    /// Counted from 1, but in a list of where a key is cut, where 0 is before all entries.
    package let seq: UInt64
    /// The first sixteen bytes of the log's chain value at `seq`.
    package let chain: Bytes16

    package init(log: LogID, seq: UInt64, chain: Bytes16) {
        self.log = log
        self.seq = seq
        self.chain = chain
    }

    package init(_ reader: inout CBORReader) throws(CBORError) {
        guard try reader.array() == 3 else { throw .unexpectedType }
        log = LogID(try reader.bytes16())
        seq = try reader.unsigned()
        chain = try reader.bytes16()
    }

    /// Nil for a value of any other form.
    package init?(_ value: CBORValue) {
        guard case .array(let items) = value, items.count == 3, case .bytes(let id) = items[0],
            case .unsigned(let seq) = items[1], case .bytes(let half) = items[2],
            let log = Bytes16(id), let chain = Bytes16(half)
        else { return nil }
        self.init(log: LogID(log), seq: seq, chain: chain)
    }

    package func write(to writer: inout CBORWriter) {
        writer.array(3)
        writer.bytes16(log.bytes)
        writer.unsigned(seq)
        writer.bytes16(chain)
    }

    package var value: CBORValue {
        .array([.bytes(log.bytes.array), .unsigned(seq), .bytes(chain.array)])
    }

    package var entry: EntryID { EntryID(log: log, seq: seq) }
}
