// SPDX-License-Identifier: MIT

/// How wide each column of a table is drawn.
struct ColumnWidths {
    /// Columns of a terminal that part two columns of a table.
    static let gap = 2

    private(set) var widths: [Int]

    /// The widths at which nothing is cut, made narrower where that is allowed and needed.
    ///
    /// The widest flexible column gives way first. Nil where even the minimum widths do not fit.
    init?(fitting table: Table, into available: Int?) {
        widths = ColumnWidths.natural(of: table)
        guard let available else { return }
        let floors = zip(widths, table.columns).map { width, column in
            switch column.fit {
            case .whole: width
            case .truncated(let minimum), .wrapped(let minimum): min(width, minimum)
            }
        }
        while total > available {
            let candidates = widths.indices.filter { widths[$0] > floors[$0] }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
            widths[widest] -= 1
        }
    }

    private var total: Int { widths.reduce(0, +) + ColumnWidths.gap * (widths.count - 1) }

    private static func natural(of table: Table) -> [Int] {
        table.columns.indices.map { index in
            table.rows.reduce(table.columns[index].title.displayWidth) {
                max($0, $1[index].shownText.displayWidth)
            }
        }
    }
}
