// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

/// Goes to a place of a log's node from the nearest mark before it.
struct ChainFinder {
    let store: IndexStore
    let source: LogSource
    let row: LogRow

    private var log: LogIndex { row.index }

    init(store: IndexStore, source: LogSource, row: LogRow) {
        self.store = store
        self.source = source
        self.row = row
    }

    /// What identifies and dates an entry: the first half of its chain value, and its time.
    typealias Point = (chain: Bytes16, time: HybridTime)

    /// The first half of the chain value at a seq; nil if the log does not reach it.
    func chain(at seq: UInt64) throws(Failure) -> Bytes16? { try point(at: seq)?.chain }

    /// The entry at a seq; nil if the log does not reach it.
    func point(at seq: UInt64) throws(Failure) -> Point? {
        if let mark = try store.mark(before: seq, of: log), mark.seq == seq {
            return (mark.chain.first, mark.time)
        }
        return try entry(at: seq).map { ($0.chain.first, $0.header.time) }
    }

    /// The entry at a seq of the node, its body unchecked; nil if the node does not reach it.
    func entry(at seq: UInt64) throws(Failure) -> EntryView? {
        var found: EntryView?
        try visit(from: seq) { entry in
            if entry.header.seq == seq { found = entry }
            return false
        }
        return found
    }

    /// Where whole frames end, of those from the one with the entry at a seq on.
    func end(from seq: UInt64) throws(Failure) -> LogPosition? {
        guard var scanner = try scanner(try source.view().bytes, before: seq, false) else {
            return nil
        }
        while scanner.nextIfGood() != nil {}
        return scanner.position
    }

    /// The last seq whose time is not after `time`.
    func seq(at time: HybridTime) throws(Failure) -> UInt64 {
        let mark = try store.mark(before: time, of: log)
        var last = mark?.seq ?? 0
        try visit(from: last + 1) { entry in
            guard entry.header.time <= time else { return false }
            last = entry.header.seq
            return true
        }
        return last
    }

    /// Gives the node's entries from a seq on, in order, for as long as the visitor wants more.
    /// Whoever uses their bodies has these checked.
    func visit(
        from wanted: UInt64, checksBodies: Bool = false,
        _ visitor: (EntryView) throws(Failure) -> Bool
    ) throws(Failure) {
        let seq = max(wanted, row.from)
        let bytes = try source.view().bytes
        guard var scanner = try scanner(bytes, before: seq, checksBodies) else { return }
        while let step = scanner.nextIfGood() {
            guard step == .batch else { continue }
            for entry in scanner.entries where entry.header.seq >= seq {
                guard entry.header.seq <= row.end ?? .max else { return }
                guard try visitor(entry) else { return }
            }
        }
    }

    private func scanner(
        _ bytes: UnsafeRawBufferPointer, before seq: UInt64, _ checksBodies: Bool
    ) throws(Failure) -> LogScanner? {
        guard seq > 0, let mark = try store.mark(before: seq - 1, of: log) else {
            do throws(LogError) { return try LogScanner(bytes, checksBodies: checksBodies) } catch {
                return nil
            }
        }
        let tip = LogTip(seq: mark.seq, time: mark.time, chain: mark.chain)
        return LogScanner(
            bytes, of: source.identity, from: LogPosition(atSeal: tip, offset: mark.offset),
            checksBodies: checksBodies)
    }
}
