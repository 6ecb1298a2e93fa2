// SPDX-License-Identifier: MIT

/// A table read from a CSV file: the names of its columns, and rows of at most as many cells.
///
/// Reads RFC 4180 with what spreadsheets make of it: UTF-8 with or without byte order marks, UTF-16
/// and Windows-1252; lines that end with CRLF, LF or CR; cells parted by the comma, semicolon, tab
/// or bar that the header has most of, or by what a first line `sep=;` names. Passed over are lines
/// with nothing in them, rows in which every cell is empty, and rows that say the header again; a
/// row may stop before the last column, and go on behind it with nothing.
///
/// The table keeps the bytes of the file alone: rows are cut when they are looked at.
package struct CSVTable: Sendable {
    /// Which part of a file is the table.
    package struct Bounds: Hashable, Sendable {
        /// So many lines stand before the header.
        package var skippedLines = 0
        /// The table ends before the row whose first cell with anything in it begins with these
        /// words, whatever the capitals; nil for a table that ends with its file.
        package var end: String?

        package init(skippedLines: Int = 0, end: String? = nil) {
            self.skippedLines = skippedLines
            self.end = end
        }
    }

    /// The names of the columns, without spaces around them; no two are the same. A column that has
    /// none is called by its place, `#4`, or is empty where nothing stands in it.
    package let header: [String]
    /// How many rows follow the header.
    package let rowCount: Int
    /// How many rows said the header again.
    private let repeatedHeaders: Int
    /// The line of the row at which the table was said to end, if it was met.
    private let endLine: Int?
    private let encoding: CSVText.Encoding
    private let body: CSVScanner
    private let limits: Limits

    /// A larger file is refused.
    package static let sizeLimitBytes = 64 << 20
    /// A table with more columns is refused.
    package static let columnLimit = 1_024

    /// Reads a whole file, or says what is wrong with it and where.
    package init(_ file: [UInt8], _ bounds: Bounds = Bounds()) throws(CSVError) {
        guard file.count <= Self.sizeLimitBytes else { throw .tooLarge }
        let text = CSVText(file)
        encoding = text.encoding
        var scanner = CSVScanner(text.bytes, skipping: bounds.skippedLines)
        guard let first = try scanner.nextRow() else { throw .empty }
        guard first.count <= Self.columnLimit else { throw .tooManyColumns(first.count) }
        let names = try Self.names(first.cells)
        limits = Limits(names: names, end: bounds.end?.lowercased())
        body = scanner
        var used: Set<Int> = []
        var (rowCount, repeated) = (0, 0)
        var endLine: Int?
        while let row = try scanner.nextRow() {
            if limits.isEnd(row.cells) {
                endLine = row.cells.first?.line
                break
            }
            guard limits.isHeader(row.cells) == false else {
                repeated += 1
                continue
            }
            try Self.check(row, names.count)
            for cell in row.cells where cell.showsSomething { used.insert(cell.column) }
            rowCount += 1
        }
        header = names.enumerated().map { place, name in
            name.isEmpty && used.contains(place + 1) ? "#\(place + 1)" : name
        }
        self.rowCount = rowCount
        self.endLine = endLine
        repeatedHeaders = repeated
    }

    /// Whole sentences about how the file was read, where that was not as it says of itself.
    package var remarks: [String] {
        var remarks: [String] = []
        switch encoding {
        case .utf8: break
        case .utf16: remarks.append("The file was read as UTF-16.")
        case .windows1252:
            remarks.append(
                "The file was read as Windows-1252: look at letters with accents, dashes and "
                    + "pound signs.")
        }
        if repeatedHeaders > 0 {
            let rows = repeatedHeaders == 1 ? "1 row says" : "\(repeatedHeaders) rows say"
            remarks.append("\(rows) the header again; left out.")
        }
        if let end = limits.end {
            remarks.append(
                endLine.map {
                    "The table ends above line \($0); what stands from there on is left out."
                }
                    ?? "No row begins with '\(end)': the table was read to its end.")
        }
        return remarks
    }

    /// The rows from the first to the last.
    package var rows: Rows { Rows(body, limits) }

    /// Cuts one row at a time.
    package struct Rows: Sequence, IteratorProtocol {
        private var scanner: CSVScanner
        private let limits: Limits

        fileprivate init(_ scanner: CSVScanner, _ limits: Limits) {
            self.scanner = scanner
            self.limits = limits
        }

        package mutating func next() -> [CSVCell]? {
            do {
                while let cells = try scanner.nextRow()?.cells {
                    if limits.isEnd(cells) { return nil }
                    if limits.isHeader(cells) { continue }
                    return Array(cells.prefix(limits.names.count))
                }
                return nil
            } catch {
                preconditionFailure("a table was read whole before its rows are looked at")
            }
        }
    }

    /// What rows of the file are none of the table.
    fileprivate struct Limits: Sendable {
        let names: [String]
        let end: String?

        func isEnd(_ cells: [CSVCell]) -> Bool {
            guard let end, let first = cells.first(where: \.showsSomething) else { return false }
            let text = CSVTable.trimmed(first.text).lowercased()
            guard text.hasPrefix(end) else { return false }
            // Not where another word only begins so.
            return text.dropFirst(end.count).first.map { $0.isLetter == false } ?? true
        }

        func isHeader(_ cells: [CSVCell]) -> Bool {
            guard let first = cells.first, CSVTable.trimmed(first.text) == names[0] else {
                return false
            }
            let places = 0..<max(names.count, cells.count)
            return places.allSatisfy { place in
                let text = cells.indices.contains(place) ? cells[place].text : ""
                return CSVTable.trimmed(text) == (names.indices.contains(place) ? names[place] : "")
            }
        }
    }

    private static func check(_ row: CSVScanner.Row, _ columns: Int) throws(CSVError) {
        // Of a row that is longer than any table not all cells were kept.
        let beyond = row.cells.dropFirst(columns).contains(where: \.showsSomething)
        guard beyond || row.count > columnLimit else { return }
        throw .tooManyCells(line: row.cells[0].line, cells: row.count, header: columns)
    }

    private static func names(_ cells: [CSVCell]) throws(CSVError) -> [String] {
        var columnsByName: [String: Int] = [:]
        var names: [String] = []
        for cell in cells {
            let name = trimmed(cell.text)
            let other = name.isEmpty ? nil : columnsByName[name.lowercased()]
            if let other { throw .sameName(column: cell.column, other: other) }
            columnsByName[name.lowercased()] = cell.column
            names.append(name)
        }
        return names
    }

    private static func trimmed(_ text: String) -> String {
        guard let start = text.firstIndex(where: { $0.isWhitespace == false }),
            let last = text.lastIndex(where: { $0.isWhitespace == false })
        else { return "" }
        return String(text[start...last])
    }
}
