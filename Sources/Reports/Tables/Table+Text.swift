// SPDX-License-Identifier: MIT

extension Table {
    /// The table in lines of at most `width` columns, or as wide as it likes where that is nil.
    ///
    /// Where there is too little room its flexible columns are cut or wrapped; where even their
    /// minimum widths do not fit, each row becomes a block, a value a line. No rows, no lines.
    package func lines(width: Int?) -> [StyledText] {
        if rows.isEmpty { return [] }
        guard let fitted = ColumnWidths(fitting: self, into: width) else {
            return blocks(width: width ?? .max)
        }
        let titles = columns.map { Cell($0.title, .strong) }
        return ([titles] + rows).flatMap { lines(of: $0, widths: fitted.widths) }
    }

    private func lines(of row: [Cell], widths: [Int]) -> [StyledText] {
        let stacks = row.indices.map { stack(row[$0], column: columns[$0], width: widths[$0]) }
        let height = stacks.reduce(1) { max($0, $1.count) }
        return (0..<height).map { level in
            var line = StyledText.spaces(0)
            var owed = 0
            for (index, stack) in stacks.enumerated() {
                let text = level < stack.count ? stack[level] : .spaces(0)
                let spare = widths[index] - text.displayWidth
                let isRight = columns[index].alignment == .right
                // Spaces are owed until something follows them, so that no line ends in one.
                if !text.isEmpty {
                    line.append(.spaces(owed + (isRight ? spare : 0)) + text)
                    owed = isRight ? 0 : spare
                } else {
                    owed += widths[index]
                }
                owed += ColumnWidths.gap
            }
            return line
        }
    }

    /// The lines of one cell, one above the other.
    private func stack(_ cell: Cell, column: Column, width: Int) -> [StyledText] {
        let text = cell.shownText
        if case .wrapped = column.fit, text.displayWidth > width {
            return Paragraphs(width: width, cutsLongWords: true)
                .wrap(StyledText(text, cell.style))
        }
        return [StyledText(text.truncated(toWidth: width), cell.style)]
    }

    /// A row as its values below one another, each after the title of its column.
    private func blocks(width: Int) -> [StyledText] {
        let list = LabelledList(width: width)
        let blocks = rows.map { row in
            let shown = zip(columns, row).filter { !$1.text.isEmpty }
            return list.lines(
                shown.map { column, cell in
                    LabelledList.Item(
                        StyledText(column.title, .faint), StyledText(cell.shownText, cell.style))
                })
        }
        return Array(blocks.joined(separator: [""]))
    }
}

extension Table.Cell {
    /// The text on one line: white space of any kind is a space, other controls are escapes.
    var shownText: String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain { return text }
        let scalars = text.unicodeScalars.map { "\t\r\n".unicodeScalars.contains($0) ? " " : $0 }
        return String(String.UnicodeScalarView(scalars)).harmlessLine
    }
}
