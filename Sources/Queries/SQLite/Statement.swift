// SPDX-License-Identifier: MIT
import Basics
import CSQLite
import Projections

/// A prepared statement. Values are bound by place from 1, columns read by place from 0.
final class Statement {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    @discardableResult
    func bind(_ place: Int32, _ value: Int64) -> Statement {
        sqlite3_bind_int64(handle, place, value)
        return self
    }

    @discardableResult
    func bind(_ place: Int32, _ value: UInt64) -> Statement {
        bind(place, Int64(bitPattern: value))
    }

    /// Times are kept so that SQL compares them as what they are, those from 2^63 on included.
    @discardableResult
    func bind(_ place: Int32, _ time: HybridTime) -> Statement {
        bind(place, Int64(bitPattern: time.raw ^ Statement.signBit))
    }

    private static let signBit: UInt64 = 1 << 63

    @discardableResult
    func bind(_ place: Int32, _ value: String?) -> Statement {
        guard var value else { return self }
        value.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { text in
                _ = sqlite3_bind_text(
                    handle, place, text.baseAddress ?? Statement.empty, Int32(text.count),
                    Statement.copies)
            }
        }
        return self
    }

    @discardableResult
    func bind(_ place: Int32, _ value: [UInt8]) -> Statement {
        value.withUnsafeBytes { raw in
            if raw.isEmpty {
                _ = sqlite3_bind_zeroblob(handle, place, 0)
            } else {
                _ = sqlite3_bind_blob(
                    handle, place, raw.baseAddress, Int32(raw.count), Statement.copies)
            }
        }
        return self
    }

    /// Binds bytes that are valid UTF-8 as a text.
    @discardableResult
    func bind(_ place: Int32, utf8 value: [UInt8]) -> Statement {
        value.withUnsafeBytes { raw in
            _ = sqlite3_bind_text(
                handle, place,
                raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                    ?? Statement.empty, Int32(raw.count), Statement.copies)
        }
        return self
    }

    /// Lends valid UTF-8 as a text, without a copy: the caller keeps it until the next `reset`.
    @discardableResult
    func bind(_ place: Int32, borrowing utf8: UnsafeRawBufferPointer) -> Statement {
        let start = utf8.baseAddress?.assumingMemoryBound(to: CChar.self) ?? Statement.empty
        sqlite3_bind_text(handle, place, start, Int32(utf8.count), nil)
        return self
    }

    /// Moves to the next row; false when there is none. Resets when done.
    func step() throws(Failure) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        sqlite3_reset(handle)
        guard code == SQLITE_DONE else {
            throw Database.failure(sqlite3_db_handle(handle), code, isBusyDamage: true)
        }
        return false
    }

    /// Runs a statement that gives no rows.
    func execute() throws(Failure) {
        while try step() {}
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func unsigned(_ column: Int32) -> UInt64 { UInt64(bitPattern: integer(column)) }

    func type(of column: Int32) -> Int32 { sqlite3_column_type(handle, column) }

    func isNull(_ column: Int32) -> Bool { type(of: column) == SQLITE_NULL }

    func time(_ column: Int32) -> HybridTime {
        HybridTime(raw: unsigned(column) ^ Statement.signBit)
    }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The blob, valid until the next step.
    func raw(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: sqlite3_column_blob(handle, column),
            count: Int(sqlite3_column_bytes(handle, column)))
    }

    func bytes(_ column: Int32) -> [UInt8] { Array(raw(column)) }

    // SQLITE_TRANSIENT: SQLite takes its own copy before the call returns.
    static var copies: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    // A non-null address for texts without bytes, which null would turn into NULL.
    nonisolated(unsafe) static let empty: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.pointee = 0
        return UnsafePointer(byte)
    }()
}
