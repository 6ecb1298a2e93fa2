// SPDX-License-Identifier: MIT

/// A log's number in one replica: small, dense, and never written into a log.
package struct LogIndex: Hashable, Comparable, Sendable {
    package let raw: UInt32

    package init(_ raw: UInt32) { self.raw = raw }

    package static func < (left: LogIndex, right: LogIndex) -> Bool { left.raw < right.raw }
}

/// An entry's place in one replica: its log's number and its seq, in one word.
///
/// The log takes the upper 22 bits, so that twice a place fits SQLite's signed row ids.
package struct EntryRef: Hashable, Comparable, Sendable {
    package let raw: UInt64

    package init(raw: UInt64) { self.raw = raw }

    package init(_ log: LogIndex, _ seq: UInt64) {
        precondition(seq < 1 << 40 && log.raw < 1 << 22, "a place is out of bounds")
        raw = UInt64(log.raw) << 40 | seq
    }

    package var log: LogIndex { LogIndex(UInt32(raw >> 40)) }

    package var seq: UInt64 { raw & ((1 << 40) - 1) }

    package static func < (left: EntryRef, right: EntryRef) -> Bool { left.raw < right.raw }
}
