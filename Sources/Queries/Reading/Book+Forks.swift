// SPDX-License-Identifier: MIT
package import Basics
package import Merging
import Projections

/// A place where a log parts into several signed histories: its device was cloned, or put back and
/// used on.
package struct LogSplit: Hashable, Sendable {
    package let log: LogID
    /// The first seq at which the histories differ.
    package let seq: UInt64
    /// What each history's first own node is known by: the first half of its chain value at `seq`.
    package let histories: [Bytes16]
    /// Whether there are more histories than can count, so that only what comes before `seq` does.
    package let isTooMany: Bool
    /// The entries that wait since then for records which do not count, in canonical order.
    package let waiting: [EntryRef]
}

extension Book {
    /// Where logs part, in order of log and seq. It follows from the logs that are held.
    package func forks() throws(Failure) -> [LogSplit] {
        var splits: [LogSplit] = []
        for row in rows {
            guard let end = row.end else { continue }
            let next = rows.filter {
                $0.branch?.parent == row.index && bounds.contains(EntryRef($0.index, end + 1))
            }
            // Where no more than one history had come by then, the log had not parted.
            guard next.count > 1 || isTooMany(row, end) else { continue }
            splits.append(
                LogSplit(
                    log: row.id, seq: end + 1,
                    histories: next.compactMap { $0.branch?.first }.sorted(),
                    isTooMany: next.isEmpty,
                    waiting: next.isEmpty ? try waiting(for: row, behind: end) : []))
        }
        return splits.sorted { $0.log != $1.log ? $0.log < $1.log : $0.seq < $1.seq }
    }

    /// The entries that are about what comes behind an entry of a log.
    private func waiting(for row: LogRow, behind end: UInt64) throws(Failure) -> [EntryRef] {
        var waiting = try store.stranded(about: row.id, (end + 1)...(EntryRef.seqLimit - 1))
            .map(\.place)
        let find = try store.database.statement(
            "SELECT place FROM heldUp WHERE need='record' AND about BETWEEN ?1 AND ?2"
        ).bind(1, EntryRef(row.index, end + 1).raw)
            .bind(2, EntryRef(row.index, EntryRef.seqLimit - 1).raw)
        while try find.step() { waiting.append(EntryRef(raw: find.unsigned(0))) }
        return waiting.unique().sorted { CanonicalOrder(logs).precedes($0, $1) }
    }

    /// Whether a log ends at an entry for everyone because it has too many histories after it.
    private func isTooMany(_ row: LogRow, _ end: UInt64) -> Bool {
        bounds.limit(of: row.index) > end
            && rows.contains { $0.branch?.parent == row.index } == false
    }
}
