// SPDX-License-Identifier: MIT

/// Cuts the bytes of a CSV file into rows of cells, from the start to the end, in one pass.
struct CSVScanner {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var place: Int
    private var line = 1

    init(_ file: [UInt8]) {
        bytes = file
        place = file.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
        separator = Self.separator(of: file[place...])
    }

    /// A row of the file.
    struct Row {
        /// Those of its cells that are kept: not more than a table may have columns.
        var cells: [CSVCell] = []
        /// How many cells it has in the file.
        var count = 0
    }

    /// The next row with anything in it, or nil at the end of the file.
    mutating func nextRow() throws(CSVError) -> Row? {
        while place < bytes.count {
            let row = try row()
            if row.cells.contains(where: { !$0.text.isEmpty }) { return row }
        }
        return nil
    }

    private mutating func row() throws(CSVError) -> Row {
        var row = Row()
        repeat {
            row.count += 1
            let cell = try cell(column: row.count)
            if row.count <= CSVTable.columnLimit { row.cells.append(cell) }
        } while take(separator)
        endLine()
        return row
    }

    private mutating func cell(column: Int) throws(CSVError) -> CSVCell {
        let start = line
        let content = try take(Self.quote) ? quoted(column) : plain(column)
        guard let text = String(validating: content, as: UTF8.self), !content.contains(0) else {
            throw .notText(line: start, column: column)
        }
        return CSVCell(text: text, line: start, column: column)
    }

    /// Goes on to the separator or line end after the cell.
    private mutating func plain(_ column: Int) throws(CSVError) -> ArraySlice<UInt8> {
        let start = place
        while !isAtCellEnd {
            if bytes[place] == Self.quote { throw .strayQuote(line: line, column: column) }
            if bytes[place] == Self.carriageReturn {
                throw .strayReturn(line: line, column: column)
            }
            place += 1
        }
        return bytes[start..<place]
    }

    /// As `plain`, with the quotation mark that begins the cell taken already.
    private mutating func quoted(_ column: Int) throws(CSVError) -> ArraySlice<UInt8> {
        let first = line
        var content: ArraySlice<UInt8> = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == Self.quote, !take(Self.quote) {
                if isAtCellEnd { return content }
                if bytes[place] == Self.carriageReturn {
                    throw .strayReturn(line: first, column: column)
                }
                throw .strayQuote(line: first, column: column)
            }
            if byte == Self.lineFeed { line += 1 }
            content.append(byte)
        }
        throw .unclosedQuote(line: first, column: column)
    }

    private var isAtCellEnd: Bool {
        guard place < bytes.count else { return true }
        let byte = bytes[place]
        return byte == separator || byte == Self.lineFeed
            || byte == Self.carriageReturn && bytes[(place + 1)...].first == Self.lineFeed
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func endLine() {
        _ = take(Self.carriageReturn)
        if take(Self.lineFeed) { line += 1 }
    }

    /// The comma, semicolon or tab that the first line with anything in it has most of, outside
    /// quotation marks; the one named first where they are equal.
    private static func separator(of file: ArraySlice<UInt8>) -> UInt8 {
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in file.drop(while: { $0 == lineFeed || $0 == carriageReturn }) {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineFeed { break }
            if let which = separators.firstIndex(of: byte) { counts[which] += 1 }
        }
        let most = counts.max() ?? 0
        return separators[counts.firstIndex(of: most) ?? 0]
    }

    private static let separators: [UInt8] = [0x2C, 0x3B, 0x09]
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let quote: UInt8 = 0x22
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}
