// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Takes records out of the index, to be folded again from their entries: what their entries mean,
/// or which record some of them are about, is no longer what it was.
struct RecordRemoval {
    let store: IndexStore
    let rows: [LogRow]
    let sources: [LogIndex: LogSource]
    let isSearchKept: Bool

    /// An entry that was in the history of a record.
    struct Entry {
        let place: EntryRef
        let offset: Int
        /// Which record of its log it creates, counted from 1; 0 if it creates none.
        let number: UInt64
    }

    /// All that the index says of these records and of their entries is gone then. Gives the
    /// entries, each once; of records that are not there none.
    func take(_ records: Set<EntryRef>) throws(Failure) -> [Entry] {
        try store.database.run(RecordRemoval.begin)
        var entries: [Entry] = []
        for record in records.sorted(by: { $0.raw < $1.raw }) {
            guard let row = try store.recordRow(record, logs: rows.count) else { continue }
            try forget(row)
            for (log, offset) in row.history.entries {
                guard let entry = try entry(log, at: offset) else { continue }
                try note("takenEntries", entry.place)
                // A repeat that creates a record has a row for its number alone.
                if entry.number > 0 { try note("takenRecords", entry.place) }
                entries.append(entry)
            }
        }
        for table in store.tables {
            try store.database.run(
                "DELETE FROM \(table.name) WHERE record IN (SELECT id FROM takenRecords)")
        }
        try store.database.run(RecordRemoval.end)
        return entries
    }

    private func entry(_ log: LogIndex, at offset: Int) throws(Failure) -> Entry? {
        guard let header = try sources[log]?.entry(at: offset, checksBody: false).header else {
            return nil
        }
        let place = EntryRef(log, header.seq)
        guard case .creates = header.subject else {
            return Entry(place: place, offset: offset, number: 0)
        }
        let find = try store.database.statement("SELECT number FROM records WHERE id=?1")
            .bind(1, place.raw)
        defer { find.reset() }
        return Entry(place: place, offset: offset, number: try find.step() ? find.unsigned(0) : 0)
    }

    /// Takes back what is counted and what the search has of a record's own fields. The words of
    /// its parts stay where nothing finds them: to take them out, each part would have to be read.
    private func forget(_ row: StoredRecord) throws(Failure) {
        try note("takenRecords", row.place)
        guard let kind = row.kind else { return }
        try store.database.statement(
            "UPDATE kinds SET records = records - 1, open = open - ?2 WHERE kind=?1"
        ).bind(1, Int64(kind)).bind(2, row.wasOpen ? 1 : 0 as Int64).execute()
        guard isSearchKept, row.searchRow > 0, row.view.isEmpty == false else { return }
        let words = try HeadWords.words(canonical: row.view, store.vocabulary.kinds[kind])
        guard words.isEmpty == false else { return }
        try store.database.statement(
            "INSERT INTO search(search, rowid, words) VALUES('delete', ?1, ?2)"
        ).bind(1, row.searchRow).bind(2, utf8: words).execute()
    }

    private func note(_ table: String, _ place: EntryRef) throws(Failure) {
        try store.database.statement("INSERT OR REPLACE INTO \(table) VALUES(?1)")
            .bind(1, place.raw).execute()
    }

    /// What is found by no key is gone through once for all that is taken out.
    private static let begin = """
        CREATE TEMP TABLE IF NOT EXISTS takenRecords(id INTEGER PRIMARY KEY);
        CREATE TEMP TABLE IF NOT EXISTS takenEntries(id INTEGER PRIMARY KEY);
        """

    private static let end = """
        DELETE FROM records WHERE id IN (SELECT id FROM takenRecords);
        DELETE FROM states WHERE id IN (SELECT id FROM takenRecords);
        DELETE FROM toSettle WHERE record IN (SELECT id FROM takenRecords);
        DELETE FROM aliases WHERE record IN (SELECT id FROM takenRecords);
        DELETE FROM elements WHERE record IN (SELECT id FROM takenRecords);
        DELETE FROM repeatLinks WHERE record IN (SELECT id FROM takenRecords);
        UPDATE wordRuns SET record=0 WHERE record IN (SELECT id FROM takenRecords);
        DELETE FROM heldUp WHERE place IN (SELECT id FROM takenEntries);
        DELETE FROM asides WHERE place IN (SELECT id FROM takenEntries);
        DELETE FROM unread WHERE place IN (SELECT id FROM takenEntries);
        DELETE FROM stranded WHERE place IN (SELECT id FROM takenEntries);
        DELETE FROM assumed WHERE place IN (SELECT id FROM takenEntries);
        DELETE FROM takenRecords;
        DELETE FROM takenEntries;
        """
}
