// SPDX-License-Identifier: MIT
package import Basics

/// What an entry is about, as its header says it.
package enum EntrySubject: Hashable, Sendable {
    /// It creates a record, which is named by this entry.
    case creates
    /// About no record: receipts, the roster, keys, software.
    case none
    /// The record that entry `seq` of the same log created.
    case own(seq: UInt64)
    /// The record that an entry of another log created; `branch` where that log has forked.
    case other(EntryID, branch: Bytes16?)
}

/// One element of a base: how far another log had been taken in, and its chain value there.
package struct BaseElement: Hashable, Sendable {
    package let log: LogID
    package let seq: UInt64
    /// The first sixteen bytes of the log's chain value at `seq`.
    package let chain: Bytes16

    package init(log: LogID, seq: UInt64, chain: Bytes16) {
        self.log = log
        self.seq = seq
        self.chain = chain
    }
}
