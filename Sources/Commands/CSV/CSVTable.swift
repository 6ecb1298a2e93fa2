// SPDX-License-Identifier: MIT

/// A table read from a CSV file: the names of its columns, and rows of at most as many cells.
///
/// Reads RFC 4180 with what spreadsheets make of it: lines end with CRLF or LF, the text is UTF-8
/// with or without a byte order mark, and cells are parted by the comma, semicolon or tab that the
/// header has most of. Lines with nothing in them are passed over, and so are rows in which every
/// cell is empty; a row may stop before the last column.
///
/// The table keeps the bytes of the file alone: rows are cut when they are looked at.
package struct CSVTable: Sendable {
    /// The names of the columns, without spaces around them. None is empty, no two are the same.
    package let header: [String]
    /// How many rows follow the header.
    package let rowCount: Int
    private let body: CSVScanner

    /// A larger file is refused.
    package static let sizeLimitBytes = 64 << 20
    /// A table with more columns is refused.
    package static let columnLimit = 1_024

    /// Reads a whole file, or says what is wrong with it and where.
    package init(_ file: [UInt8]) throws(CSVError) {
        guard file.count <= Self.sizeLimitBytes else { throw .tooLarge }
        var scanner = CSVScanner(file)
        guard let first = try scanner.nextRow() else { throw .empty }
        guard first.count <= Self.columnLimit else { throw .tooManyColumns(first.count) }
        header = try Self.names(first.cells)
        body = scanner
        var rowCount = 0
        while let row = try scanner.nextRow() {
            guard row.count <= header.count else {
                throw .tooManyCells(
                    line: row.cells[0].line, cells: row.count, header: header.count)
            }
            rowCount += 1
        }
        self.rowCount = rowCount
    }

    /// The rows from the first to the last.
    package var rows: Rows { Rows(body) }

    /// Cuts one row at a time.
    package struct Rows: Sequence, IteratorProtocol {
        private var scanner: CSVScanner

        fileprivate init(_ scanner: CSVScanner) { self.scanner = scanner }

        package mutating func next() -> [CSVCell]? {
            do { return try scanner.nextRow()?.cells } catch {
                preconditionFailure("a table was read whole before its rows are looked at")
            }
        }
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
}
