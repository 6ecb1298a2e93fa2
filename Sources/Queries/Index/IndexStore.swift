// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
import Merging
import Projections

/// The SQLite index of one replica. A cache: it can be deleted at any time and is made anew.
package final class IndexStore {
    let database: Database

    /// What the index was made for: any difference makes it anew.
    package struct Stamp: Hashable, Sendable {
        package let partnership: PartnershipID
        package let vocabulary: Vocabulary

        package init(partnership: PartnershipID, vocabulary: Vocabulary) {
            self.partnership = partnership
            self.vocabulary = vocabulary
        }

        /// Numbers of kinds and fields in an index are places in the declarations: another
        /// declaration makes another index.
        var text: String {
            "\(Schema.number) \(vocabulary.fingerprint.bytes.hex) \(partnership.hex)"
        }
    }

    /// Opens the index in a file; `isNew` tells that it has to be filled.
    package static func open(
        file path: String, stamp: Stamp
    ) throws(Failure) -> (store: IndexStore, isNew: Bool) {
        try open(.file(path), stamp)
    }

    /// An empty index in memory.
    package static func inMemory(stamp: Stamp) throws(Failure) -> IndexStore {
        try open(.memory, stamp).store
    }

    /// An empty index in memory over the same book: its logs have the same numbers, so that
    /// bounds and places mean the same in both.
    func numbered(like rows: [LogRow]) throws(Failure) -> IndexStore {
        let store = try IndexStore.inMemory(stamp: stamp)
        for row in rows { try store.save(row.unread) }
        return store
    }

    private static func open(
        _ place: Database.Location, _ stamp: Stamp
    ) throws(Failure) -> (store: IndexStore, isNew: Bool) {
        let store = IndexStore(try Database(place), stamp)
        try store.database.checkPair()
        guard let found = try store.meta("stamp"), found == stamp.text else {
            try store.database.transaction { () throws(Failure) in try store.clear() }
            return (store, true)
        }
        return (store, false)
    }

    let stamp: Stamp

    var vocabulary: Vocabulary { stamp.vocabulary }

    /// Of each kind of the vocabulary.
    let tables: [KindTable]

    private init(_ database: Database, _ stamp: Stamp) {
        self.database = database
        self.stamp = stamp
        tables = stamp.vocabulary.kinds.map { KindTable($0) }
    }

    /// Drops everything that follows from the logs, and makes the tables anew, within the caller's
    /// transaction. What was noted of exchange files may stay.
    func clear(keepsSegments: Bool = false) throws(Failure) {
        let find = try database.statement(
            """
            SELECT name FROM sqlite_master WHERE type='table' AND name NOT GLOB 'search_*'
            AND name NOT GLOB 'sqlite_*'
            AND NOT (?1 AND name='segments')
            """
        ).bind(1, keepsSegments ? 1 : 0 as Int64)
        var names: [String] = []
        while try find.step() { names.append(find.text(0)) }
        for name in names { try database.run("DROP TABLE \(name)") }
        try database.run(Schema.tables)
        for table in tables { try database.run(table.definition) }
        try setMeta("stamp", stamp.text)
    }

    /// A value that was noted under a name; nil also where there are no tables yet.
    package func meta(_ name: String) throws(Failure) -> String? {
        let look = try database.statement("SELECT 1 FROM sqlite_master WHERE name='meta'")
        guard try look.step() else { return nil }
        look.reset()
        let find = try database.statement("SELECT value FROM meta WHERE name=?1").bind(1, name)
        guard try find.step() else { return nil }
        defer { find.reset() }
        return find.text(0)
    }

    package func setMeta(_ name: String, _ value: String) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO meta VALUES(?1, ?2)")
            .bind(1, name).bind(2, value).execute()
    }

    /// Adds to a number that is kept under a name.
    func count(_ name: String, _ amount: Int64) throws(Failure) {
        guard amount != 0 else { return }
        try database.statement(
            """
            INSERT INTO counters VALUES(?1, ?2)
            ON CONFLICT(name) DO UPDATE SET value = value + ?2
            """
        ).bind(1, name).bind(2, amount).execute()
    }

    package func counter(_ name: String) throws(Failure) -> Int64 {
        let find = try database.statement("SELECT value FROM counters WHERE name=?1").bind(1, name)
        guard try find.step() else { return 0 }
        defer { find.reset() }
        return find.integer(0)
    }

    /// From the next question on, answers are of one moment, whatever others write, until
    /// `endReading`.
    package func beginReading() throws(Failure) { try database.run("BEGIN") }

    package func endReading() throws(Failure) { try database.run("COMMIT") }

    package func transaction<Result>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try database.transaction(body)
    }
}
