// SPDX-License-Identifier: MIT
package import Basics

/// The histories of logs that a replica holds, by the numbers that it gave them.
///
/// A log that has forked has several histories. One of them, whichever came first, is numbered from
/// the log's first entry; another is numbered from the entry at which it parts from an earlier one,
/// which has the entries before.
package struct LogTable: Sendable {
    /// Where a history parts from another.
    package struct Branch: Hashable, Sendable {
        package let parent: LogIndex
        /// The first seq that the two do not share.
        package let from: UInt64

        package init(parent: LogIndex, from: UInt64) {
            self.parent = parent
            self.from = from
        }
    }

    package private(set) var ids: [LogID] = []
    /// By number; nil for a history that stands from the first entry on.
    package private(set) var branches: [Branch?] = []
    private var firstByID: [LogID: LogIndex] = [:]

    package init(_ ids: [LogID] = []) {
        for id in ids { _ = add(id) }
    }

    package var indices: [LogIndex] { ids.indices.map { LogIndex(UInt32($0)) } }

    /// Numbers one more history.
    package mutating func add(_ id: LogID, branch: Branch? = nil) -> LogIndex {
        let index = LogIndex(UInt32(ids.count))
        ids.append(id)
        branches.append(branch)
        if firstByID[id] == nil { firstByID[id] = index }
        return index
    }

    /// The log's number; it is given one if it has none.
    package mutating func number(_ id: LogID) -> LogIndex { index(of: id) ?? add(id) }

    /// The history of a log that stands from its first entry on; nil if nothing of it is held.
    package func index(of id: LogID) -> LogIndex? { firstByID[id] }

    package func id(of index: LogIndex) -> LogID { ids[Int(index.raw)] }

    package func entry(at ref: EntryRef) -> EntryID {
        EntryID(log: id(of: ref.log), seq: ref.seq)
    }

    /// Nil if nothing of the entry's log is held.
    package func place(of entry: EntryID) -> EntryRef? {
        guard entry.seq < EntryRef.seqLimit else { return nil }
        return index(of: entry.log).map { EntryRef($0, entry.seq) }
    }
}
