// SPDX-License-Identifier: MIT
package import Basics
import CSQLite
import Events
import Merging
import Projections

extension BookQuestions {
    /// Writes all views as tables into a new database file, all or nothing. Restricted records, all
    /// that is said of them, and records that name one of them are left out unless they are asked
    /// for. Gives how many restricted ones these were.
    ///
    /// `restricted` are left out besides: what is restricted now, of a book as it was before.
    package func export(
        to path: String, withRestricted isWhole: Bool, besides restricted: [String] = []
    ) throws -> Int {
        // Nothing is attached within the moment that a book is read in.
        database.runUnheeded("COMMIT")
        do throws(Failure) {
            try database.statement("ATTACH ?1 AS exported").bind(1, path).execute()
        } catch {
            throw BookQuestions.notWritten(path, String(cString: sqlite3_errmsg(database.handle)))
        }
        defer { database.runUnheeded("DETACH exported") }
        try database.run("BEGIN")
        do throws(Failure) {
            let count = isWhole ? 0 : try leaveOut(restricted)
            for name in names.sorted() { try copy(name, isWhole: isWhole) }
            try database.run("COMMIT")
            return count
        } catch {
            database.runUnheeded("ROLLBACK")
            // It is the file that grew, not the index.
            throw error.kind == .full ? BookQuestions.notWritten(path, "the disk is full") : error
        }
    }

    /// The records of a book that are marked as restricted.
    package static func restricted(in book: Book) throws(Failure) -> [String] {
        var records: [String] = []
        for kind in book.vocabulary.kinds {
            guard let restricted = restricted("record", kind) else { continue }
            let find = try book.store.database.statement(restricted)
            while try find.step() {
                records.append(book.logs.entry(at: EntryRef(raw: find.unsigned(0))).text)
            }
        }
        return records
    }

    /// The question for a column of those of a kind; nil where none can be restricted.
    private static func restricted(_ column: String, _ kind: Kind) -> String? {
        kind.restriction.map { flag in
            """
            SELECT \(column) FROM main.\(SQLNames.table(kind)) WHERE \(SQLNames.name(flag)) = 1
            """
        }
    }

    private static func notWritten(_ path: String, _ reason: String) -> Failure {
        Failure(
            .full, "\(path) could not be written: \(reason).",
            advice: "The book is as it was. Name another place, or make room.")
    }

    /// Notes what is restricted.
    private func leaveOut(_ restricted: [String]) throws(Failure) -> Int {
        try database.run(
            """
            CREATE TEMP TABLE IF NOT EXISTS left_out(record TEXT PRIMARY KEY);
            DELETE FROM left_out;
            """)
        for kind in vocabulary.kinds {
            let restricted = BookQuestions.restricted("of_entry('record', record)", kind)
            if let restricted { try database.run("INSERT INTO left_out \(restricted)") }
        }
        for record in restricted {
            try database.statement("INSERT OR IGNORE INTO left_out VALUES(?1)").bind(1, record)
                .execute()
        }
        let find = try database.statement("SELECT count(*) FROM left_out")
        guard try find.step() else { return 0 }
        let count = Int(find.integer(0))
        find.reset()
        // What names one of them is about it: a visit to a restricted case tells of the case.
        try database.run(
            """
            INSERT OR IGNORE INTO left_out
            SELECT record FROM temp.links WHERE target IN (SELECT record FROM left_out)
            """)
        return count
    }

    private func copy(_ name: String, isWhole: Bool) throws(Failure) {
        let columns = try database.columns(of: name)
        let about = columns.filter(["record", "target", "value"].contains)
        let clauses = about.map { "(\($0) IS NULL OR \($0) NOT IN (SELECT record FROM left_out))" }
        let condition =
            isWhole || clauses.isEmpty ? "" : "WHERE " + clauses.joined(separator: " AND ")
        // Nor does any other cell name what is left out, as the case of an activity would.
        let cells = columns.map { column in
            isWhole || about.contains(column)
                ? column
                : "iif(\(column) IN (SELECT record FROM left_out), NULL, \(column)) AS \(column)"
        }
        do throws(Failure) {
            try database.run(
                """
                CREATE TABLE exported.\(name) AS
                SELECT \(cells.joined(separator: ", ")) FROM temp.\(name) \(condition)
                """)
        } catch {
            throw readingFailure ?? error
        }
    }
}

extension Database {
    fileprivate func columns(of table: String) throws(Failure) -> [String] {
        let find = try statement("SELECT name FROM pragma_table_info(?1, 'temp')").bind(1, table)
        var columns: [String] = []
        while try find.step() { columns.append(find.text(0)) }
        return columns
    }
}
