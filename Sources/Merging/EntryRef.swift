// SPDX-License-Identifier: MIT

/// The number of a log's history in one replica: small, dense, and never written into a log.
///
/// It has no order: what two replicas must agree on goes by `CanonicalOrder` or `TimelineOrder`.
package struct LogIndex: Hashable, Sendable {
    package let raw: UInt32

    package init(_ raw: UInt32) { self.raw = raw }
}

/// An entry as one replica numbers it: its log's number and its seq, in one word.
///
/// The log takes the upper 22 bits, so that twice a reference fits SQLite's signed row ids. Like
/// the numbers of logs, references have no order.
package struct EntryRef: Hashable, Sendable {
    package let raw: UInt64

    /// The largest seq and the largest log number that fit.
    package static let seqLimit: UInt64 = 1 << 40
    package static let logLimit: UInt32 = 1 << 22

    package init(raw: UInt64) { self.raw = raw }

    package init(_ log: LogIndex, _ seq: UInt64) {
        precondition(
            seq < EntryRef.seqLimit && log.raw < EntryRef.logLimit, "a reference is out of bounds")
        raw = UInt64(log.raw) << 40 | seq
    }

    package var log: LogIndex { LogIndex(UInt32(truncatingIfNeeded: raw >> 40)) }

    package var seq: UInt64 { raw & (EntryRef.seqLimit - 1) }
}
