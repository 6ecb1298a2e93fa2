// SPDX-License-Identifier: MIT
import Basics
import CSQLite
import Merging
import Projections

/// `of_entry(what, place)`: what a book says of an entry by the number that the index has it under.
///
/// | what | gives |
/// |---|---|
/// | `record` | the text that names the record it creates in every view |
/// | `ref` | how people call that record |
/// | `entry` | how people call the entry |
/// | `at` | when it was written |
/// | `author`, `agency` | who has the device that wrote it |
final class EntryFunction {
    private let book: Book
    private(set) var failure: Failure?

    init(_ book: Book) { self.book = book }

    /// This has to be kept for as long as the connection asks for rows.
    func add(to database: OpaquePointer) -> Int32 {
        sqlite3_create_function_v2(
            database, "of_entry", 2, SQLITE_UTF8, Unmanaged.passUnretained(self).toOpaque(),
            { context, _, arguments in
                guard let own = sqlite3_user_data(context), let arguments,
                    let what = sqlite3_value_text(arguments[0]),
                    sqlite3_value_type(arguments[1]) == SQLITE_INTEGER
                else { return sqlite3_result_null(context) }
                let function = Unmanaged<EntryFunction>.fromOpaque(own).takeUnretainedValue()
                let place = EntryRef(
                    raw: UInt64(bitPattern: sqlite3_value_int64(arguments[1])))
                function.answer(String(cString: what), place, context)
            }, nil, nil, nil)
    }

    private func answer(_ what: String, _ place: EntryRef, _ context: OpaquePointer?) {
        do throws(Failure) { SQLFunctions.give(context, try cell(what, place)) } catch {
            failure = error
            sqlite3_result_error(context, "a book that cannot be read", -1)
        }
    }

    private func cell(_ what: String, _ place: EntryRef) throws(Failure) -> Statement.Cell {
        guard Int(place.log.raw) < book.rows.count else { throw Failure.ofIndex }
        switch what {
        case "record": return .text(book.logs.entry(at: place).text)
        case "ref": return .text(try book.reference(place))
        case "entry": return .text(book.entryName(place))
        case "at": return try book.entry(place).map { .time($0.time) } ?? .null
        case "author": return .text(try book.author(of: place.log).name)
        case "agency": return .text(try book.author(of: place.log).agency)
        default: return .null
        }
    }
}

extension Book {
    /// Who has the device that writes a log: by call sign where no record says it.
    func author(of log: LogIndex) throws(Failure) -> Holder {
        guard let device = device(of: log) else {
            return Holder(name: callSign(of: log), agency: "")
        }
        let holder = try holder(of: device)
        return holder.name.isEmpty ? Holder(name: device.callSign, agency: "") : holder
    }
}
