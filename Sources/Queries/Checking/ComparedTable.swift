// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections

/// A table of the index whose rows follow from the logs alone.
///
/// Tables are found in the schema, so that a new one is compared from the start; those that are
/// left out, and columns, are named here with the reason.
struct ComparedTable {
    let name: String
    /// Of the key first; rows are in the order of the key.
    let columns: [String]
    let keyCount: Int

    /// What is kept of the folder and the exchange, and what says where to find things faster.
    private static let leftOut: Set<String> = [
        // Not from the logs: the stamp, files of exchanges.
        "meta", "segments",
        // Places to begin reading at, which depend on how far each reading went.
        "marks",
        // Words have numbers in the order in which they came, and these are counted; the search
        // holds no texts to compare.
        "wordRuns", "search", "counters",
    ]

    /// Where the search has a record's words, a number in the order in which they came; how many
    /// bytes of a file were looked at; which of several links that are not known an entry is noted
    /// by, until it is looked at again.
    private static let columnsLeftOut: Set<String> = [
        "records.searchRow", "logs.sizeRead", "stranded.about", "stranded.seq",
    ]

    /// Counts of nothing are as good as none.
    private static let conditions = ["kinds": "records != 0 OR open != 0"]

    /// All of an index.
    static func all(_ store: IndexStore) throws(Failure) -> [ComparedTable] {
        let find = try store.database.statement(
            """
            SELECT name FROM sqlite_master WHERE type='table' AND name NOT GLOB 'sqlite_*'
            AND name NOT GLOB 'search_*' ORDER BY name
            """)
        var names: [String] = []
        while try find.step() { names.append(find.text(0)) }
        var tables: [ComparedTable] = []
        for name in names where leftOut.contains(name) == false {
            tables.append(try ComparedTable(name, store))
        }
        return tables
    }

    private init(_ name: String, _ store: IndexStore) throws(Failure) {
        let find = try store.database.statement("SELECT name, pk FROM pragma_table_info(?1)")
            .bind(1, name)
        var keys: [(place: Int64, name: String)] = []
        var others: [String] = []
        while try find.step() {
            let column = find.text(0)
            guard ComparedTable.columnsLeftOut.contains("\(name).\(column)") == false else {
                continue
            }
            if find.integer(1) > 0 {
                keys.append((find.integer(1), column))
            } else {
                others.append(column)
            }
        }
        self.name = name
        let key = keys.sorted { $0.place < $1.place }.map(\.name)
        // Without a key, a row is all that it says.
        keyCount = key.isEmpty ? others.count : key.count
        columns = key + others
    }

    /// The rows in the order of their keys.
    var query: String {
        let condition = ComparedTable.conditions[name].map { " WHERE \($0)" } ?? ""
        let order = (1...keyCount).map { "\($0)" }.joined(separator: ", ")
        return
            "SELECT \(columns.joined(separator: ", ")) FROM \(name)\(condition) ORDER BY \(order)"
    }

    /// A record's entries are kept in the order in which they came: compared is which they are.
    var historyColumn: Int? { name == "states" ? columns.firstIndex(of: "history") : nil }

    /// What a row is said of.
    func subject(_ row: IndexRow, _ logs: LogTable) -> IndexDifference.Subject {
        func number(_ column: String) -> UInt64? {
            columns.firstIndex(of: column).flatMap { row.cells[$0].number }
        }
        func entry(_ raw: UInt64) -> EntryID? {
            let ref = EntryRef(raw: raw)
            return Int(ref.log.raw) < logs.ids.count ? logs.entry(at: ref) : nil
        }
        let record = ["records", "states"].contains(name) ? number("id") : number("record")
        if let record, let id = entry(record) { return .record(id) }
        if let place = number("place"), let id = entry(place) { return .entry(id) }
        let log = name == "logs" ? number("id") : number("log")
        if let log, log < logs.ids.count { return .log(logs.ids[Int(log)]) }
        return .book
    }
}
