// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections

/// Writes what became of records into the index.
final class RecordWriter {
    let store: IndexStore
    private let isSearchKept: Bool
    /// How many records were written.
    private(set) var written = 0
    /// How many records more there are of each kind, and how many more are open.
    private var more: [Int: (records: Int64, open: Int64)] = [:]
    /// The next row of the search; 0 before the first is written.
    private var nextRow: UInt64 = 0

    init(store: IndexStore, isSearchKept: Bool) {
        self.store = store
        self.isSearchKept = isSearchKept
    }

    func write(_ changes: RecordChanges) throws(Failure) {
        for record in changes.arrived {
            try store.database.statement("DELETE FROM heldUp WHERE about=?1")
                .bind(1, record.raw).execute()
        }
        for item in changes.waiting {
            try store.database.statement("INSERT OR REPLACE INTO heldUp VALUES(?1, ?2, ?3)")
                .bind(1, item.entry.raw).bind(2, item.need).bind(3, item.about.raw).execute()
        }
        for item in changes.unread { try store.note(item.entry, unread: item.why) }
        for item in changes.assumed { try store.save(item) }
        for item in changes.repeatLinks { try store.note(item.record, linksTo: item.entry) }
        for item in changes.asides {
            try store.setAside(item.entry, item.reason)
        }
        let firstRow = isSearchKept ? try write(changes.words) : nil
        // By place: a loop over records would copy each.
        for place in changes.records.indices {
            var newRow: UInt64?
            if let firstRow, let row = changes.records[place].ownRow {
                newRow = firstRow + UInt64(row)
            }
            try store.save(changes.records[place].line, newSearchRow: newRow)
            count(changes.records[place].line)
        }
        written += changes.records.count
    }

    private func count(_ line: RecordUpdate) {
        if let before = line.before {
            more[before.kind, default: (0, 0)].records -= 1
            more[before.kind, default: (0, 0)].open -= before.isOpen ? 1 : 0
        }
        if let kind = line.kind {
            more[kind, default: (0, 0)].records += 1
            more[kind, default: (0, 0)].open += line.isOpen ? 1 : 0
        }
    }

    /// Writes the counts that were gathered.
    func finish() throws(Failure) {
        for (kind, more) in more where more != (0, 0) {
            try store.database.statement(
                """
                INSERT INTO kinds VALUES(?1, ?2, ?3)
                ON CONFLICT(kind) DO UPDATE SET records = records + ?2, open = open + ?3
                """
            ).bind(1, Int64(kind)).bind(2, more.records).bind(3, more.open).execute()
        }
        more = [:]
        if nextRow > 0 {
            try store.count("searchRows", Int64(nextRow) - 1 - store.counter("searchRows"))
        }
    }

    /// Gives the number of the first row.
    private func write(_ words: SearchWords) throws(Failure) -> UInt64 {
        let first = nextRow == 0 ? UInt64(try store.counter("searchRows")) + 1 : nextRow
        guard words.isEmpty == false else { return first }
        nextRow = first + UInt64(words.rows)
        for run in words.runs {
            try store.database.statement("INSERT INTO wordRuns VALUES(?1, ?2, ?3)")
                .bind(1, first + UInt64(run.row)).bind(2, run.record.raw)
                .bind(3, Int64(run.position)).execute()
        }
        let remove = try store.database.statement(
            "INSERT INTO search(search, rowid, words) VALUES('delete', ?1, ?2)")
        for item in words.removed {
            try remove.bind(1, item.row).bind(2, utf8: item.words).execute()
        }
        let add = try store.database.statement("INSERT INTO search(rowid, words) VALUES(?1, ?2)")
        try words.bytes.withRaw { (raw) throws(Failure) in
            for item in words.added {
                let text = UnsafeRawBufferPointer(
                    rebasing: raw[item.start..<(item.start + item.count)])
                try add.bind(1, first + UInt64(item.row)).bind(2, borrowing: text).execute()
            }
        }
        // What was lent ends here.
        add.reset()
        return first
    }
}
