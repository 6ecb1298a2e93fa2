// SPDX-License-Identifier: MIT

/// Two rows with one key, one of them from the index and one from a fold of the logs; or one that
/// the other lacks.
struct IndexRowPair {
    private let held: IndexRow?
    private let wanted: IndexRow?
    private let table: ComparedTable
    /// The row that is there, of the index if both are.
    let row: IndexRow

    /// Of the next rows of both those with the first key. Nil where both have come to their end.
    init?(_ held: IndexRow?, _ wanted: IndexRow?, of table: ComparedTable) {
        var (left, right) = (held, wanted)
        if let held, let wanted {
            if held.precedes(wanted, keyCount: table.keyCount) { right = nil }
            if wanted.precedes(held, keyCount: table.keyCount) { left = nil }
        }
        guard let row = left ?? right else { return nil }
        self.held = left
        self.wanted = right
        self.table = table
        self.row = row
    }

    var hasHeld: Bool { held != nil }

    var hasWanted: Bool { wanted != nil }

    /// How the two differ; nil if they do not.
    var way: IndexDifference.Way? {
        guard let held else { return .lacking }
        guard let wanted else { return .extra }
        let unlike = table.columns.indices.filter { held.cells[$0] != wanted.cells[$0] }
        return unlike.isEmpty ? nil : .unlike(unlike.map { table.columns[$0] })
    }
}
