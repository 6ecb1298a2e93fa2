// SPDX-License-Identifier: MIT

extension Table {
    /// The table as CSV (RFC 4180): UTF-8, a header of titles, CR LF after every row.
    ///
    /// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or CR for a formula,
    /// and a formula can send data away. Such a cell gets an apostrophe in front, which a
    /// spreadsheet reads as "this is text"; whole numbers, below zero too, are left as they are.
    package var csv: [UInt8] {
        var bytes: [UInt8] = []
        Table.appendRow(columns.map { Cell($0.title) }, to: &bytes)
        for row in rows { Table.appendRow(row, to: &bytes) }
        return bytes
    }

    private static func appendRow(_ cells: [Cell], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes)
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    private static func append(_ cell: Cell, to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let text = (looksLikeFormula(cell) ? "'" : "") + cell.text
        guard text.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(quote)
        for byte in text.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }

    private static func looksLikeFormula(_ cell: Cell) -> Bool {
        if case .integer(let number) = cell.json, String(number) == cell.text { return false }
        guard let first = cell.text.utf8.first else { return false }
        return "=+-@\t\r".utf8.contains(first)
    }
}
