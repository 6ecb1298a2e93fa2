// SPDX-License-Identifier: MIT
package import Basics
import Logs
import Merging
import Projections

/// Compares an index with the logs that it is made of: they are folded afresh, in memory and from
/// their first byte, and every row of every table that follows from them is held against the new
/// one.
package struct IndexComparison {
    /// How many differences are named.
    private static let namedDifferences = 20

    private let kept: IndexStore
    private let fresh: IndexStore
    private let logs: LogTable
    private var named: [IndexDifference] = []
    private var count = 0
    private var rows = 0

    /// `sources` are all logs that are held. An index that is behind them is compared as far as it
    /// has read.
    package static func verdict(
        on store: IndexStore, _ sources: [LogSource]
    ) throws(Failure) -> IndexVerdict {
        let logRows = try store.logRows()
        let fresh = try store.numbered(like: logRows)
        let updater = Updater(
            fresh, partnership: store.stamp.partnership, bounds: reach(logRows, sources),
            isSearchKept: false)
        _ = try updater.update(sources)
        var comparison = IndexComparison(
            kept: store, fresh: fresh, logs: LogTable(try fresh.logRows()))
        for table in try ComparedTable.all(fresh) {
            try comparison.compare(table)
            try comparison.checkOrder(of: table)
        }
        return comparison.verdict
    }

    private init(kept: IndexStore, fresh: IndexStore, logs: LogTable) {
        self.kept = kept
        self.fresh = fresh
        self.logs = logs
    }

    /// How far an index has read its logs.
    private static func reach(_ rows: [LogRow], _ sources: [LogSource]) -> Bounds {
        guard Updater.isBehind(rows, sources) else { return .everything }
        var limits: [LogIndex: UInt64] = [:]
        for row in rows { limits[row.index] = row.position?.tip.seq ?? 0 }
        return Bounds(limits: limits, otherwise: 0)
    }

    private var verdict: IndexVerdict {
        count == 0 ? .same(rows: rows) : .different(named, count: count)
    }

    private mutating func compare(_ table: ComparedTable) throws(Failure) {
        var keptRows = try IndexRows(table, of: kept)
        var freshRows = try IndexRows(table, of: fresh)
        var held = try keptRows.next()
        var wanted = try freshRows.next()
        while let pair = IndexRowPair(held, wanted, of: table) {
            rows += 1
            if let way = pair.way { note(way, pair.row, table) }
            if pair.hasHeld { held = try keptRows.next() }
            if pair.hasWanted { wanted = try freshRows.next() }
        }
    }

    /// Whether every row of a table stands in each of its b-trees: lists are read by these.
    private mutating func checkOrder(of table: ComparedTable) throws(Failure) {
        let check = try kept.database.statement("PRAGMA integrity_check(\(table.name))")
        defer { check.reset() }
        guard try check.step(), check.text(0) != "ok" else { return }
        count += 1
        named.append(IndexDifference(subject: .book, table: table.name, way: .disordered))
    }

    private mutating func note(
        _ way: IndexDifference.Way, _ row: IndexRow, _ table: ComparedTable
    ) {
        count += 1
        guard named.count < IndexComparison.namedDifferences else { return }
        named.append(
            IndexDifference(subject: table.subject(row, logs), table: table.name, way: way))
    }
}
