// SPDX-License-Identifier: MIT
package import Basics

/// The numbers that a replica has given to logs, in the order it met them.
package struct LogTable: Sendable {
    package private(set) var ids: [LogID] = []
    private var indexByID: [LogID: LogIndex] = [:]

    package init(_ ids: [LogID] = []) {
        for id in ids { _ = number(id) }
    }

    /// The log's number; it is given one if it has none.
    package mutating func number(_ id: LogID) -> LogIndex {
        if let known = indexByID[id] { return known }
        let index = LogIndex(UInt32(ids.count))
        ids.append(id)
        indexByID[id] = index
        return index
    }

    package func index(of id: LogID) -> LogIndex? { indexByID[id] }

    package func id(of index: LogIndex) -> LogID { ids[Int(index.raw)] }

    package func entry(at place: EntryRef) -> EntryID {
        EntryID(log: id(of: place.log), seq: place.seq)
    }

    /// Nil if nothing of the entry's log was ever met.
    package func place(of entry: EntryID) -> EntryRef? {
        guard entry.seq < 1 << 40 else { return nil }
        return index(of: entry.log).map { EntryRef($0, entry.seq) }
    }

    /// Canonical order: by log id, then seq.
    package func precedes(_ left: EntryRef, _ right: EntryRef) -> Bool {
        left.log == right.log ? left.seq < right.seq : id(of: left.log) < id(of: right.log)
    }

    package var indices: [LogIndex] { (0..<UInt32(ids.count)).map { LogIndex($0) } }
}
