// SPDX-License-Identifier: MIT
import Basics
import CSQLite
import Projections

/// What SQL is given beside its own functions. All are deterministic and give NULL for NULL:
///
/// - `folded(text)`: without capitals, to be compared without regard to case;
/// - `first_day(date)`, `last_day(date)`: of a year, a month or a day; NULL for any other text.
enum SQLFunctions {
    static func add(to database: OpaquePointer) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
        sqlite3_create_function_v2(
            database, "folded", 1, flags, nil,
            { context, _, arguments in
                SQLFunctions.give(context, arguments) { SQLFunctions.folded($0) }
            }, nil, nil, nil)
        sqlite3_create_function_v2(
            database, "first_day", 1, flags, nil,
            { context, _, arguments in
                SQLFunctions.giveDay(context, arguments, SQLFunctions.firstDay)
            }, nil, nil, nil)
        sqlite3_create_function_v2(
            database, "last_day", 1, flags, nil,
            { context, _, arguments in
                SQLFunctions.giveDay(context, arguments, SQLFunctions.lastDay)
            }, nil, nil, nil)
    }

    static func folded(_ text: String) -> String { text.lowercased() }

    /// `2017-03` is `2017-03-01`. What is no date is given back.
    static func firstDay(_ date: String) -> String {
        switch date.utf8.count {
        case 4: date + "-01-01"
        case 7: date + "-01"
        default: date
        }
    }

    /// `2017-02` is `2017-02-31`, which no day of that month comes after. What is no date is given
    /// back.
    static func lastDay(_ date: String) -> String {
        switch date.utf8.count {
        case 4: date + "-12-31"
        case 7: date + "-31"
        default: date
        }
    }

    private static func isDate(_ text: String) -> Bool {
        let utf8 = Array(text.utf8)
        guard [4, 7, 10].contains(utf8.count) else { return false }
        return utf8.enumerated().allSatisfy { place, byte in
            [4, 7].contains(place) ? byte == 0x2d : (0x30...0x39).contains(byte)
        }
    }

    private static func giveDay(
        _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?,
        _ day: (String) -> String
    ) {
        give(context, arguments) { isDate($0) ? day($0) : nil }
    }

    private static func give(
        _ context: OpaquePointer?, _ arguments: UnsafeMutablePointer<OpaquePointer?>?,
        _ body: (String) -> String?
    ) {
        guard let value = arguments?[0], let start = sqlite3_value_text(value) else {
            sqlite3_result_null(context)
            return
        }
        let count = Int(sqlite3_value_bytes(value))
        let text = String(
            decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        give(context, .text(body(text)))
    }

    /// Gives SQLite a copy of a value.
    static func give(_ context: OpaquePointer?, _ cell: Statement.Cell) {
        switch cell {
        case .null: sqlite3_result_null(context)
        case .integer(let number): sqlite3_result_int64(context, number)
        case .text(let utf8):
            utf8.withUnsafeBytes { raw in
                sqlite3_result_text(
                    context,
                    raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                        ?? Statement.empty, Int32(raw.count), Statement.copies)
            }
        case .blob(let bytes):
            bytes.withUnsafeBytes { raw in
                sqlite3_result_blob(context, raw.baseAddress, Int32(raw.count), Statement.copies)
            }
        }
    }
}
