// SPDX-License-Identifier: MIT
package import Basics
import CSQLite
import Events
import Projections

/// Asks a book in SQL, over its views. Nothing can be changed by it, and no table of the index read
/// beside them.
package final class BookQuestions {
    /// What a question gives.
    package struct Answer: Sendable {
        package enum Value: Hashable, Sendable {
            case null
            case integer(Int64)
            case text(String)
        }

        package let columns: [String]
        package let rows: [[Value]]
    }

    /// A view and its columns.
    package struct View: Sendable {
        package let name: String
        package let columns: [String]
    }

    let database: Database
    let vocabulary: Vocabulary
    private let modules: [RowModule]
    private let function: EntryFunction
    let names: [String]

    /// The views are there as long as this is, for one at a time of a book.
    package init(_ book: Book) throws(Failure) {
        let views = BookViews(book)
        database = book.store.database
        vocabulary = book.vocabulary
        function = EntryFunction(book)
        modules = views.sources.map { RowModule($0) }
        let definitions = views.definitions
        names = definitions.map(\.name) + views.sources.map(\.name)
        try database.check(function.add(to: database.handle))
        for module in modules { try database.check(module.add(to: database.handle)) }
        for view in definitions {
            try database.run("CREATE TEMP VIEW \(view.name) AS \(view.query)")
        }
    }

    /// All views, by name.
    package func views() throws -> [View] {
        try names.sorted().map { name in
            View(name: name, columns: try ask("SELECT * FROM \(name) LIMIT 0").columns)
        }
    }

    /// The answer to one question. Throws a rejection for what SQL does not take.
    package func ask(_ sql: String) throws -> Answer {
        let asked = try prepared(sql)
        defer { sqlite3_finalize(asked) }
        let columns = (0..<sqlite3_column_count(asked)).map { column in
            sqlite3_column_name(asked, column).map { String(cString: $0) } ?? ""
        }
        var rows: [[Answer.Value]] = []
        while true {
            let code = sqlite3_step(asked)
            guard code == SQLITE_ROW else {
                guard code == SQLITE_DONE else { throw trouble() }
                return Answer(columns: columns, rows: rows)
            }
            rows.append(columns.indices.map { BookQuestions.value(asked, Int32($0)) })
        }
    }

    private static func value(_ asked: OpaquePointer, _ column: Int32) -> Answer.Value {
        switch sqlite3_column_type(asked, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(asked, column))
        default:
            guard let start = sqlite3_column_text(asked, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(asked, column))
            return .text(
                String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        }
    }

    /// The question is looked at as it is prepared: from then on it reads what it may.
    private func prepared(_ sql: String) throws -> OpaquePointer {
        var asked: OpaquePointer?
        sqlite3_set_authorizer(database.handle, BookQuestions.allow, nil)
        defer { sqlite3_set_authorizer(database.handle, nil, nil) }
        var isAlone = true
        let code = sql.withCString { start in
            var rest: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(database.handle, start, -1, &asked, &rest)
            isAlone = rest.map { BookQuestions.isBlank($0) } ?? true
            return code
        }
        guard code == SQLITE_OK else { throw trouble() }
        // How SQLite would find an answer is no answer.
        guard let asked, isAlone, sqlite3_stmt_readonly(asked) != 0,
            sqlite3_stmt_isexplain(asked) == 0
        else {
            sqlite3_finalize(asked)
            throw Rejection(
                "That is not one question.",
                advice: "Give one SELECT; 'beatbook sql' without one shows what can be asked.")
        }
        return asked
    }

    private static func isBlank(_ text: UnsafePointer<CChar>) -> Bool {
        String(cString: text).allSatisfy { $0.isWhitespace || $0 == ";" }
    }

    /// What a book could not be read for, which SQLite does not pass on.
    var readingFailure: Failure? { function.failure ?? modules.compactMap(\.failure).first }

    func trouble() -> any Error {
        if let readingFailure { return readingFailure }
        let reason = String(cString: sqlite3_errmsg(database.handle))
        return Rejection(
            "SQLite does not take that: \(reason).",
            advice: "'beatbook sql' without a question shows the views and their columns.")
    }

    /// Whether a function is about the program and its memory, not about values.
    private static func isInner(_ function: String) -> Bool {
        ["load_extension", "fts", "sqlite_"].contains { function.hasPrefix($0) }
    }

    /// Views, tables of theirs where a view reads them, and functions: nothing else.
    private static let allow:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?, UnsafePointer<CChar>?
        ) -> Int32 = { _, action, first, second, schema, view in
            switch action {
            case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
            case SQLITE_FUNCTION:
                let name = second.map { String(cString: $0).lowercased() }
                return name.map(isInner) ?? true ? SQLITE_DENY : SQLITE_OK
            case SQLITE_READ:
                let schema = schema.map { String(cString: $0) } ?? ""
                let table = first.map { String(cString: $0) } ?? ""
                let isInner = table.hasPrefix("sqlite_")
                // No column: a view was put into the question and of one of its tables no value is
                // read.
                let isNothing = second.map { $0.pointee == 0 } ?? false
                return isInner == false && (view != nil || schema != "main" || isNothing)
                    ? SQLITE_OK : SQLITE_DENY
            default: return SQLITE_DENY
            }
        }
}
