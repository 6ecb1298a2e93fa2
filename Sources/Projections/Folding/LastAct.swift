// SPDX-License-Identifier: MIT
package import Basics
package import Merging

/// The one thing that all families are folded into: the last act of one log on one slot of a
/// record.
///
/// A slot is a field, an act and a key. Since what a log's entries had seen only grows along the
/// log, its last act on a slot dominates all that its earlier acts there did, so that one of
/// each log is enough. Families that need every write (`standing`) put the seq into the key; a
/// write on a cautious field by someone who may not ease it stands for itself until a later one
/// there is as cautious, and so does every write on a field whose protective values a rule asks
/// for. Where a log has gone back to a lower vocabulary number, later acts may have seen less than
/// earlier ones: what it did before and after are acts of their own.
package struct LastAct: Hashable, Sendable {
    package enum Act: UInt8, Sendable {
        /// A value written; `amount` is the seq where the act stands for this one write only.
        case write = 0
        /// A value taken out of a set.
        case remove = 1
        /// Parts added: `amount` of them so far, the last at `seq`; the value is their `PartSeqs`.
        /// The key says from which vocabulary number on their form is known; empty for the first.
        case parts = 2
        /// A part voided or corrected; the key names the part.
        case partAct = 3
        /// Signed additions: `sum` is their sum.
        case count = 4
        /// A value added to a set: `amount` is the time when this log first did.
        case add = 5

        /// Whether it is asked what the act had seen, since it may settle others.
        var settles: Bool {
            switch self {
            case .write, .remove, .partAct: true
            case .parts, .count, .add: false
            }
        }
    }

    package let field: UInt8
    package let act: Act
    package let key: ShortBytes
    package let log: LogIndex
    package var seq: UInt64
    package var time: HybridTime
    package var amount: Int64
    /// The value's CBOR, links normalised; empty for acts that have none.
    package var value: ShortBytes
    /// How often the log had gone back to a lower vocabulary number by then; 0 for an act that
    /// settles nothing.
    package var descents: UInt8 = 0

    package var ref: EntryRef { EntryRef(log, seq) }

    /// The sum of signed additions: `amount` has its low half, `value` the high one if there is
    /// any.
    package var sum: Int128 {
        get {
            guard value.isEmpty == false else { return Int128(amount) }
            let high = UInt64(bigEndianBytes: value.array)
            return Int128(Int64(bitPattern: high)) << 64 | Int128(UInt64(bitPattern: amount))
        }
        set {
            amount = Int64(truncatingIfNeeded: newValue)
            let isLarge = Int128(amount) != newValue
            value =
                isLarge
                ? ShortBytes(bigEndian: UInt64(truncatingIfNeeded: newValue >> 64)) : ShortBytes()
        }
    }

    /// Whether what it holds of people's values is whole, as all that was folded is.
    var isWhole: Bool {
        switch act {
        case .write: LastAct.isItem(value.array)
        case .add, .remove: LastAct.isItem(key.array)
        case .partAct: value.array == [1] || LastAct.isItem(Array(value.array.dropFirst()))
        case .parts, .count: true
        }
    }

    private static func isItem(_ bytes: [UInt8]) -> Bool {
        bytes.decoded(CBORReader.check) != nil
    }

    /// The order of acts in a record: by slot, then log.
    @inline(__always) func isBefore(_ other: LastAct) -> Bool {
        if field != other.field { return field < other.field }
        if act != other.act { return act.rawValue < other.act.rawValue }
        if key != other.key { return key.precedes(other.key) }
        if log != other.log { return log.raw < other.log.raw }
        if descents != other.descents { return descents < other.descents }
        return act == .write && amount < other.amount
    }

    /// Whether both are writes of one log on one slot, and this one stands for itself.
    func isAlone(besides other: LastAct) -> Bool {
        act == .write && other.act == .write && amount != 0 && field == other.field
            && log == other.log && key == other.key && descents == other.descents
    }

    @inline(__always) func sharesSlotAndLog(with other: LastAct) -> Bool {
        field == other.field && act == other.act && log == other.log && key == other.key
            && descents == other.descents && (act != .write || amount == other.amount)
    }

    /// The key of parts whose form is known from a vocabulary number on.
    static func key(ofPartsSince number: UInt64) -> ShortBytes {
        number <= 1 ? ShortBytes() : ShortBytes(bigEndian: number)
    }

    static func since(ofParts key: ShortBytes) -> UInt64 {
        key.isEmpty ? 1 : UInt64(bigEndianBytes: key.array)
    }
}

/// The entries of one log that were folded into a record.
///
/// It lets the state digest cover every word without reading one.
package struct FoldedEntries: Hashable, Sendable {
    package let log: LogIndex
    package var count: UInt64
    /// Of the last one.
    package var seq: UInt64
    package var time: HybridTime
    /// The exclusive or of the first halves of their body digests.
    package var mixed: Bytes16

    /// What an entry that never had a body adds to `mixed`: nothing.
    static let withoutBody = Bytes16(high: 0, low: 0)

    package mutating func add(_ other: FoldedEntries) {
        count &+= other.count
        seq = max(seq, other.seq)
        time = max(time, other.time)
        mixed = Bytes16(high: mixed.high ^ other.mixed.high, low: mixed.low ^ other.mixed.low)
    }
}
