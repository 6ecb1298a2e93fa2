// SPDX-License-Identifier: MIT

/// A table read from a CSV file: the names of its columns, and rows of as many cells.
///
/// Reads RFC 4180 with what spreadsheets make of it: lines end with CRLF or LF, the text is UTF-8
/// with or without a byte order mark, and cells are parted by the comma, semicolon or tab that the
/// header has most of. Lines with nothing in them are passed over, and so are rows in which every
/// cell is empty; a row that is too short is filled up with empty cells.
package struct CSVTable: Equatable, Sendable {
    /// The names of the columns, without spaces around them. None is empty, no two are the same.
    package let header: [String]
    /// Each row has a cell for each column of the header.
    package let rows: [[CSVCell]]

    /// A larger file is refused.
    package static let sizeLimitBytes = 64 << 20

    /// Reads a whole file, or says what is wrong with it and where.
    package init(_ file: [UInt8]) throws(CSVError) {
        guard file.count <= Self.sizeLimitBytes else { throw .tooLarge }
        var scanner = CSVScanner(file)
        guard let first = try scanner.nextRow() else { throw .empty }
        header = try Self.names(first)
        var rows: [[CSVCell]] = []
        while let row = try scanner.nextRow() {
            rows.append(try Self.filled(row, columns: header.count))
        }
        self.rows = rows
    }

    private static func names(_ cells: [CSVCell]) throws(CSVError) -> [String] {
        var columnsByName: [String: Int] = [:]
        var names: [String] = []
        for cell in cells {
            let name = trimmed(cell.text)
            guard !name.isEmpty else { throw .noName(column: cell.column) }
            if let other = columnsByName.updateValue(cell.column, forKey: name.lowercased()) {
                throw .sameName(column: cell.column, other: other)
            }
            names.append(name)
        }
        return names
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0.isWhitespace }
        let spaces = start.reversed().prefix { $0.isWhitespace }
        return String(start.dropLast(spaces.count))
    }

    private static func filled(_ row: [CSVCell], columns: Int) throws(CSVError) -> [CSVCell] {
        guard let last = row.last else { return row }
        guard row.count <= columns else {
            throw .tooManyCells(line: row[0].line, cells: row.count, header: columns)
        }
        let missing = (row.count..<columns).map { place in
            CSVCell(text: "", line: last.line, column: place + 1)
        }
        return row + missing
    }
}
