// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Merging
import Projections

/// A place where the words of a search were found.
package struct SearchHit: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// The words are what the record is called: its reference or its label.
        case name
        /// One of the record's own fields.
        case fields
        /// A part that this entry added.
        case entry(EntryRef)
    }

    package let record: EntryRef
    package let place: Place

    /// The entry that brought the words, if a part has them.
    package var entry: EntryRef? {
        if case .entry(let entry) = place { entry } else { nil }
    }
}

extension Book {
    /// Where all the words given are, or words that begin with them: records that are called so
    /// first, then those that were last written to.
    ///
    /// Words are cut as the index cuts them, so that `O'Brien` is looked for as `o` and `brien`.
    package func search(_ text: String, limit: Int) throws(Failure) -> [SearchHit] {
        let words = text.split { $0 == " " || $0 == "\t" || $0.isNewline }.map(String.init)
        var hits = try named(text.trimmingSpaces, words)
        let terms = try store.terms(of: words)
        guard terms.contains(where: { $0.isEmpty == false }) else { return hits }
        for rows in inOrder(try matches(Book.query(terms))) {
            guard hits.count < limit else { break }
            hits += try self.hits(rows)
        }
        return Array(hits.prefix(limit))
    }

    /// The records that the whole text, or one of several words, is a name of.
    private func named(_ text: String, _ words: [String]) throws(Failure) -> [SearchHit] {
        var hits: [SearchHit] = []
        for name in words.count > 1 ? [text] + words : [text] {
            for record in try candidates(name) {
                hits.append(SearchHit(record: record, place: .name))
            }
        }
        return hits.unique()
    }

    /// All terms of a word but the last are whole; the last may go on.
    private static func query(_ terms: [[String]]) -> String {
        terms.filter { $0.isEmpty == false }.map { terms in
            terms.map { "\"\($0)\"" }.joined(separator: " ") + "*"
        }.joined(separator: " ")
    }

    private struct Row {
        let record: EntryRef
        let time: HybridTime
        /// The entry's place in the record's history; nil for the record's own fields.
        let position: Int?
    }

    /// Every row that fits. Rows rise, and so do the runs that say whose they are.
    private func matches(_ query: String) throws(Failure) -> [Row] {
        var rows: [Row] = []
        var run: (last: UInt64, record: EntryRef, position: Int, time: HybridTime)?
        let find = try store.database.statement(
            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid"
        ).bind(1, query)
        while try find.step() {
            let row = find.unsigned(0)
            if row > run?.last ?? 0 { run = try self.run(of: row) }
            // What a record said that was folded again since is found by its new rows.
            guard let run, row <= run.last, run.record.seq > 0 else { continue }
            let position = row == run.last ? nil : run.position - Int(run.last - row)
            rows.append(Row(record: run.record, time: run.time, position: position))
        }
        return rows
    }

    private func run(
        of row: UInt64
    ) throws(Failure) -> (last: UInt64, record: EntryRef, position: Int, time: HybridTime)? {
        let find = try store.database.statement(
            """
            SELECT row, record, position, records.time
            FROM wordRuns LEFT JOIN records ON records.id = record
            WHERE row>=?1 ORDER BY row LIMIT 1
            """
        ).bind(1, row)
        guard try find.step() else { return nil }
        defer { find.reset() }
        return (
            find.unsigned(0), EntryRef(raw: find.unsigned(1)), Int(find.integer(2)),
            find.time(3)
        )
    }

    /// The rows of each record, the record last written to first.
    private func inOrder(_ rows: [Row]) -> [[Row]] {
        let rowsByRecord = Dictionary(grouping: rows) { $0.record }
        return rowsByRecord.values.sorted { left, right in
            left[0].time != right[0].time
                ? left[0].time > right[0].time
                : CanonicalOrder(logs).precedes(left[0].record, right[0].record)
        }
    }

    /// A record's own fields, then its entries in timeline order.
    private func hits(_ rows: [Row]) throws(Failure) -> [SearchHit] {
        var entries: [(entry: EntryRef, time: HybridTime)] = []
        for position in rows.compactMap(\.position) {
            if let found = try entry(position, of: rows[0].record) { entries.append(found) }
        }
        entries.sort { left, right in
            left.time != right.time
                ? left.time < right.time : CanonicalOrder(logs).precedes(left.entry, right.entry)
        }
        let own = rows.contains { $0.position == nil }
        return (own ? [SearchHit(record: rows[0].record, place: .fields)] : [])
            + entries.map { SearchHit(record: rows[0].record, place: .entry($0.entry)) }
    }

    /// The entry at a position of a record's history.
    private func entry(
        _ position: Int, of record: EntryRef
    ) throws(Failure) -> (entry: EntryRef, time: HybridTime)? {
        guard let entries = try store.history(record)?.entries, position < entries.count else {
            return nil
        }
        let (log, offset) = entries[position]
        guard let header = try sources[log]?.entry(at: offset).header else { return nil }
        return (EntryRef(log, header.seq), header.time)
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
