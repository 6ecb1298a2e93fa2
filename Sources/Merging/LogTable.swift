// SPDX-License-Identifier: MIT
package import Basics

/// The nodes of the logs that a replica holds, by the numbers that it gave them.
///
/// A node is a longest stretch of a log without a split. A log that has not forked is one node. Of
/// one that has, each node but the first goes on where another ends, which has the entries before.
package struct LogTable: Sendable {
    /// Where a node goes on from another.
    package struct Branch: Hashable, Sendable {
        package let parent: LogIndex
        /// The node's first seq.
        package let from: UInt64
        /// The first half of the log's chain value at `from`: what the node is known by.
        package let first: Bytes16

        package init(parent: LogIndex, from: UInt64, first: Bytes16) {
            self.parent = parent
            self.from = from
            self.first = first
        }
    }

    package private(set) var ids: [LogID] = []
    /// By number; nil for a node that stands from the log's first entry on.
    package private(set) var branches: [Branch?] = []
    private var nodesByID: [LogID: [LogIndex]] = [:]

    package init(_ ids: [LogID] = []) {
        for id in ids { _ = add(id) }
    }

    /// Whether some log is held with several histories.
    package var isForked: Bool { ids.count > nodesByID.count }

    package var indices: [LogIndex] { ids.indices.map { LogIndex(UInt32($0)) } }

    /// Numbers one more node; the first of a log comes first.
    package mutating func add(_ id: LogID, branch: Branch? = nil) -> LogIndex {
        let index = LogIndex(UInt32(ids.count))
        ids.append(id)
        branches.append(branch)
        nodesByID[id, default: []].append(index)
        return index
    }

    /// The number of a log's first node; it is given one if it has none.
    package mutating func number(_ id: LogID) -> LogIndex { index(of: id) ?? add(id) }

    /// A log's first node; nil if nothing of it is held.
    package func index(of id: LogID) -> LogIndex? { nodesByID[id]?.first }

    /// All nodes of a log, the first one first.
    package func nodes(of id: LogID) -> [LogIndex] { nodesByID[id] ?? [] }

    /// The nodes that a history goes through, from its log's first on.
    package func history(endingWith node: LogIndex) -> [LogIndex] {
        var nodes = [node]
        while let branch = nodes.last.flatMap({ branch(of: $0) }) { nodes.append(branch.parent) }
        return nodes.reversed()
    }

    package func id(of index: LogIndex) -> LogID { ids[Int(index.raw)] }

    package func branch(of index: LogIndex) -> Branch? {
        Int(index.raw) < branches.count ? branches[Int(index.raw)] : nil
    }

    /// What a node is known by: the first half of its first chain value; of a log's first node the
    /// log's id, which is the same of h(0).
    package func first(of index: LogIndex) -> Bytes16 {
        branches[Int(index.raw)]?.first ?? ids[Int(index.raw)].bytes
    }

    package func entry(at ref: EntryRef) -> EntryID {
        EntryID(
            log: id(of: ref.log), seq: ref.seq, branch: branches[Int(ref.log.raw)]?.first)
    }

    /// Nil if nothing of the entry's node is held.
    package func place(of entry: EntryID) -> EntryRef? {
        guard entry.seq < EntryRef.seqLimit else { return nil }
        guard let first = entry.branch else {
            return index(of: entry.log).map { EntryRef($0, entry.seq) }
        }
        return nodes(of: entry.log).first { branches[Int($0.raw)]?.first == first }
            .map { EntryRef($0, entry.seq) }
    }

    /// Whether a node is that of an entry or one that it goes on from.
    package func isBefore(_ log: LogIndex, theNodeOf entry: EntryRef) -> Bool {
        var next = entry.log
        while next != log {
            guard let branch = branch(of: next) else { return false }
            next = branch.parent
        }
        return true
    }

    /// The entry with a seq in the history that a node's entries stand in, at or before them.
    package func entry(_ seq: UInt64, before log: LogIndex) -> EntryRef {
        var log = log
        while let branch = branch(of: log), seq < branch.from { log = branch.parent }
        return EntryRef(log, seq)
    }
}
