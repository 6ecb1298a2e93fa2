// SPDX-License-Identifier: MIT

/// An entry that another one names: `[0, n]`, `[log id, n]` or `[log id, n, h]`.
///
/// `Docs/Formats/Entry.md` is normative. Without `h` it names an entry of whichever history the
/// author's log names in its bases; with it, of that one history alone.
package struct Link: Hashable, Sendable {
    /// Nil for the log that the link itself stands in.
    package let log: LogID?
    /// Counted from 1.
    package let seq: UInt64
    /// The first sixteen bytes of the log's chain value at `seq`.
    package let chain: Bytes16?

    /// An entry of the log that the link stands in.
    package init(own seq: UInt64) {
        log = nil
        self.seq = seq
        chain = nil
    }

    package init(_ entry: EntryID, chain: Bytes16? = nil) {
        log = entry.log
        seq = entry.seq
        self.chain = chain
    }

    /// How an entry of `author` names this one: 0 stands for its own log. Where that has split, the
    /// link says what the entry says of its history.
    package init(_ entry: EntryID, in author: LogID) {
        self = entry.log == author ? Link(own: entry.seq) : Link(entry, chain: entry.branch)
    }

    /// Reads one link; throws for an item of any other form.
    package init(_ reader: inout CBORReader) throws(CBORError) {
        let count = try reader.array()
        guard count == 2 || count == 3 else { throw .unexpectedType }
        if try reader.peekMajor() == 0 {
            guard try reader.unsigned() == 0, count == 2 else { throw .unexpectedType }
            self.init(own: try reader.unsigned())
        } else {
            let entry = EntryID(log: LogID(try reader.bytes16()), seq: try reader.unsigned())
            self.init(entry, chain: count == 3 ? try reader.bytes16() : nil)
        }
        guard seq >= 1 else { throw .unexpectedType }
    }

    /// Nil for a value of any other form.
    package init?(_ value: CBORValue) {
        guard case .array(let items) = value, items.count == 2 || items.count == 3,
            case .unsigned(let seq) = items[1], seq >= 1
        else { return nil }
        switch items[0] {
        case .unsigned(0) where items.count == 2: self.init(own: seq)
        case .bytes(let bytes):
            guard let log = Bytes16(bytes) else { return nil }
            let entry = EntryID(log: LogID(log), seq: seq)
            guard items.count == 3 else {
                self.init(entry)
                return
            }
            guard case .bytes(let half) = items[2], let chain = Bytes16(half) else { return nil }
            self.init(entry, chain: chain)
        case .unsigned, .negative, .text, .array, .map, .bool, .null: return nil
        }
    }

    package func write(to writer: inout CBORWriter) {
        writer.array(chain == nil ? 2 : 3)
        if let log { writer.bytes16(log.bytes) } else { writer.unsigned(0) }
        writer.unsigned(seq)
        if let chain { writer.bytes16(chain) }
    }

    package var value: CBORValue {
        let first = log.map { CBORValue.bytes($0.bytes.array) } ?? .unsigned(0)
        let half = chain.map { [CBORValue.bytes($0.array)] } ?? []
        return .array([first, .unsigned(seq)] + half)
    }

    /// The entry that is named, for a link that stands in an entry of `author`.
    package func entry(in author: LogID) -> EntryID { EntryID(log: log ?? author, seq: seq) }
}
