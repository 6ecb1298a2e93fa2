// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections

/// A row of the index as it stands there.
struct IndexRow: Hashable {
    var cells: [Statement.Cell]

    /// Whether this row's key comes before that of another.
    func precedes(_ other: IndexRow, keyCount: Int) -> Bool {
        for (own, its) in zip(cells.prefix(keyCount), other.cells) where own != its {
            return own.precedes(its)
        }
        return false
    }
}

/// The rows of one table of one index, one after the other.
struct IndexRows {
    private let find: Statement
    private let table: ComparedTable

    init(_ table: ComparedTable, of store: IndexStore) throws(Failure) {
        self.table = table
        find = try store.database.statement(table.query)
    }

    mutating func next() throws(Failure) -> IndexRow? {
        guard try find.step() else { return nil }
        var row = IndexRow(cells: table.columns.indices.map { find.cell(Int32($0)) })
        if let column = table.historyColumn, case .blob(let packed) = row.cells[column] {
            row.cells[column] = .blob(History(packed: packed).inOrder)
        }
        return row
    }
}

extension History {
    /// The same entries, in an order that does not say how they came.
    fileprivate var inOrder: [UInt8] {
        let sorted = entries.sorted {
            $0.log == $1.log ? $0.offset < $1.offset : $0.log.raw < $1.log.raw
        }
        var history = History()
        for (log, offset) in sorted { history.add(log, at: offset) }
        // Bytes that are no entries stay, to be found.
        return history.packed.count == packed.count ? history.packed : packed
    }
}
