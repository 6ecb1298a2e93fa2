// SPDX-License-Identifier: MIT
import Basics
import Logs

/// The nodes of one log of which several histories are held, each history in a file of its own.
///
/// It follows from the entries alone: neither the names of the files nor which came first matters.
struct HistoryTree {
    /// A longest stretch without a split.
    struct Node {
        /// The place of the node before it in `nodes`; nil for the first.
        let parent: Int?
        let from: UInt64
        /// The first half of its first chain value; of the first node the log's id.
        let first: Bytes16
        /// The last seq, where the log splits; nil for a node that may grow.
        let end: UInt64?
        /// A file that holds it whole.
        let source: LogSource
    }

    /// So many histories of one log count. Of more only what comes before the first split does.
    static let limit = 8

    /// Each after the one it goes on from.
    private(set) var nodes: [Node] = []

    /// Reads the files, which must be more than one and begin with one birth.
    init(_ sources: [LogSource]) throws(Failure) {
        var paths: [Path] = []
        for source in sources.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            let entries = try LogChains(source, checksBodies: true)
            paths.append(Path(source: source, entries: entries))
        }
        guard let id = sources.first?.identity.id else { return }
        grow(paths, from: 1, first: id.bytes, after: nil)
        guard nodes.count(where: { $0.end == nil }) > HistoryTree.limit else { return }
        nodes = Array(nodes.prefix(1))
    }

    /// One file, entry by entry.
    private struct Path {
        let source: LogSource
        let entries: LogChains

        func chain(at seq: UInt64) -> Bytes16? { entries.value(at: seq) }

        func lacking(from: UInt64, through: UInt64) -> Int {
            entries.absent.count { $0 >= from && $0 <= through }
        }
    }

    private mutating func grow(_ paths: [Path], from: UInt64, first: Bytes16, after parent: Int?) {
        var seq = from
        var reaching = paths
        var holding = paths
        while true {
            reaching = reaching.filter { $0.chain(at: seq) != nil }
            guard let chain = reaching.first?.chain(at: seq),
                reaching.allSatisfy({ $0.chain(at: seq) == chain })
            else { break }
            holding = reaching
            seq += 1
        }
        let isSplit = reaching.isEmpty == false
        // Of those that hold it whole the one that has most to say.
        let best = holding.enumerated().min { left, right in
            let lacking = [left, right].map { $0.element.lacking(from: from, through: seq - 1) }
            return lacking[0] != lacking[1] ? lacking[0] < lacking[1] : left.offset < right.offset
        }
        guard let source = best?.element.source else { return }
        nodes.append(
            Node(
                parent: parent, from: from, first: first, end: isSplit ? seq - 1 : nil,
                source: source))
        guard isSplit else { return }
        let place = nodes.count - 1
        let groups = Dictionary(grouping: reaching) { $0.chain(at: seq) ?? first }
        for (chain, paths) in groups.sorted(by: { $0.key < $1.key }) {
            grow(paths, from: seq, first: chain, after: place)
        }
    }
}
