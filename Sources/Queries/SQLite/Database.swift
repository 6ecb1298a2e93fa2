// SPDX-License-Identifier: MIT
import Basics
import CSQLite
import Projections

/// One SQLite connection and its prepared statements. Not for use by two threads at once.
final class Database {
    enum Location: Hashable {
        case file(String)
        case memory
    }

    let handle: OpaquePointer
    private var statements: [String: Statement] = [:]

    private static let isSetUp: Bool = beatbook_count_no_memory() == SQLITE_OK

    /// Opens or makes the database; fails with `.indexDamaged` if it cannot be used.
    init(_ place: Location) throws(Failure) {
        _ = Database.isSetUp
        var opened: OpaquePointer?
        let path = if case .file(let path) = place { path } else { ":memory:" }
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let failure = Database.failure(opened, code)
            sqlite3_close_v2(opened)
            throw failure
        }
        handle = opened
        // The index is a cache: it may lag after a power cut, but must never be torn.
        let setup = """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=OFF;
            PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;
            """
        // A checkpoint costs several syncs of the disk: it comes when the log is long, not at the
        // end of every command.
        beatbook_keep_wal_on_close(opened)
        // Others hold it for moments: to wait is better than to say so.
        beatbook_wait_for_others(opened)
        beatbook_keep_wal_short(opened)
        SQLFunctions.add(to: opened)
        do throws(Failure) { try run(setup) } catch {
            sqlite3_close_v2(opened)
            throw error
        }
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Throws what went wrong by the code of a call.
    func check(_ code: Int32) throws(Failure) {
        guard code == SQLITE_OK else { throw Database.failure(handle, code) }
    }

    /// Runs statements that give no rows.
    func run(_ sql: String) throws(Failure) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw Database.failure(handle, code) }
    }

    /// The statement for this text, prepared once; reset and without values.
    func statement(_ sql: String) throws(Failure) -> Statement {
        if let known = statements[sql] {
            known.reset()
            return known
        }
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
            handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw Database.failure(handle, code) }
        let statement = Statement(prepared)
        statements[sql] = statement
        return statement
    }

    /// All or nothing: a failure inside takes back what was done.
    func transaction<Result>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try run("BEGIN IMMEDIATE")
        do throws(Failure) {
            let result = try body()
            try pair()
            try run("COMMIT")
            return result
        } catch {
            // What went wrong first is what is told; a rollback that fails was done already.
            runUnheeded("ROLLBACK")
            throw error
        }
    }

    /// Does work that fills an empty database, with each page written once: what is added to one
    /// needs no write-ahead log to be taken back. Where another process has the database open too,
    /// it is done with one all the same.
    func filling<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        runUnheeded("PRAGMA journal_mode=DELETE")
        defer { runUnheeded("PRAGMA journal_mode=WAL") }
        return try body()
    }

    /// Runs what leaves everything as it is where it fails.
    func runUnheeded(_ sql: String) {
        do throws(Failure) { try run(sql) } catch { return }
    }

    // A disk, a share of one, or a size that the system allows, which is used up: ENOSPC and EFBIG,
    // which Linux and macOS number alike, and EDQUOT of either.
    private static let noRoom: Set<Int32> = [28, 27, 122, 69]

    private static func isOutOfRoom(_ handle: OpaquePointer) -> Bool {
        // Of memory that is shared by a file the system's answer is not kept.
        noRoom.contains(sqlite3_system_errno(handle))
            || sqlite3_extended_errcode(handle) == SQLITE_IOERR | (19 << 8)
    }

    /// What a code of SQLite means. `isBusyDamage` says that nobody else can be writing.
    static func failure(
        _ handle: OpaquePointer?, _ code: Int32, isBusyDamage: Bool = false
    ) -> Failure {
        if let handle, isOutOfRoom(handle) { return failure(nil, SQLITE_FULL) }
        let reason = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
        switch code & 0xff {
        case SQLITE_BUSY where isBusyDamage == false, SQLITE_LOCKED where isBusyDamage == false:
            return Failure(
                .locked, "The index is being written to by another program.",
                advice: "Wait for it to finish, then try again; nothing was changed.")
        case SQLITE_FULL:
            return Failure(
                .full,
                "There is no room for the index: the disk is full, or its files may be no larger.",
                advice: "The logs are not touched by this: make room and try again.")
        case SQLITE_IOERR:
            return Failure(
                .indexDamaged, "The index cannot be read or written (\(reason)).",
                advice: "The logs are not touched by this: see that the drive has room and is "
                    + "sound, then run 'beatbook index rebuild'.")
        default:
            return Failure(
                .indexDamaged, "The index cannot be used (\(reason)).",
                advice: "The logs are not touched by this: run 'beatbook index rebuild'.")
        }
    }
}
