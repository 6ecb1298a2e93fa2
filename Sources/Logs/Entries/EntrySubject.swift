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
    /// The record that an entry of another log created; `branch`, the first half of that log's
    /// chain value there, says in which history.
    case other(EntryID, branch: Bytes16?)
}
