// SPDX-License-Identifier: MIT
import Basics
import Projections

/// Rows that stand in no table of the index and are read when SQL asks for them.
struct RowSource {
    typealias Row = [Statement.Cell]

    let name: String
    let columns: [String]
    /// Gives rows until nil, from all, or from those alone whose first column is the text given.
    let rows: (_ first: String?) throws(Failure) -> () throws(Failure) -> Row?

    /// Rows that are few enough to be read at once.
    init(_ name: String, _ columns: [String], all: @escaping () throws(Failure) -> [Row]) {
        self.init(name, columns) { (_) throws(Failure) in
            var left = try all()[...]
            return { left.popFirst() }
        }
    }

    /// Rows of one thing after another, such as the parts of records: whichever the first column
    /// names, or all that `things` gives.
    init<Thing>(
        _ name: String, _ columns: [String],
        of things: @escaping (_ first: String?) throws(Failure) -> [Thing],
        rows: @escaping (Thing) throws(Failure) -> [Row]
    ) {
        self.init(name, columns) { (first) throws(Failure) in
            var left = try things(first)[...]
            var found: ArraySlice<Row> = []
            return { () throws(Failure) in
                while found.isEmpty, let thing = left.popFirst() { found = try rows(thing)[...] }
                return found.popFirst()
            }
        }
    }

    private init(
        _ name: String, _ columns: [String],
        _ rows: @escaping (_ first: String?) throws(Failure) -> () throws(Failure) -> Row?
    ) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}

extension Statement.Cell {
    static func text(_ text: String) -> Statement.Cell { .text(Array(text.utf8)) }

    static func text(_ text: String?) -> Statement.Cell { text.map { .text($0) } ?? .null }

    static func flag(_ flag: Bool) -> Statement.Cell { .integer(flag ? 1 : 0) }

    /// `2016-03-15T09:10:00Z`.
    static func time(_ time: HybridTime) -> Statement.Cell {
        let seconds = Int(time.milliseconds / 1_000)
        let date = CivilDate(daysSince1970: seconds / 86_400)
        let parts = [date.month, date.day].map(padded)
        let clock = [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60].map(padded)
        let year = String(repeating: "0", count: max(0, 4 - "\(date.year)".count)) + "\(date.year)"
        return .text(
            "\(year)-\(parts.joined(separator: "-"))T\(clock.joined(separator: ":"))Z")
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
