// SPDX-License-Identifier: MIT

/// Cuts the bytes of a CSV file into rows of cells, from the start to the end, in one pass.
struct CSVScanner {
    private let bytes: [UInt8]
    private let separator: UInt8
    /// What ends a line: a line feed, or in files of old the carriage return alone.
    private let lineEnd: UInt8
    private var place: Int
    private var line: Int

    /// Begins behind so many lines, and behind a line such as `sep=;`, which names the separator.
    init(_ text: [UInt8], skipping lines: Int = 0) {
        bytes = text
        let end = Self.lineEnd(of: text)
        var rest = text[...]
        var passed = 0
        while passed < lines, let next = rest.firstIndex(of: end) {
            rest = text[(next + 1)...]
            passed += 1
        }
        let named = Self.namedSeparator(of: rest.prefix { $0 != end })
        if named != nil {
            rest = text[((rest.firstIndex(of: end) ?? text.endIndex - 1) + 1)...]
            passed += 1
        }
        separator = named ?? Self.separator(of: rest, lineEnd: end)
        lineEnd = end
        place = rest.startIndex
        line = passed + 1
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
            if row.cells.contains(where: { $0.showsSomething }) { return row }
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
            if byte == lineEnd { line += 1 }
            content.append(byte)
        }
        throw .unclosedQuote(line: first, column: column)
    }

    private var isAtCellEnd: Bool {
        guard place < bytes.count else { return true }
        let byte = bytes[place]
        return byte == separator || byte == lineEnd || byte == Self.lineFeed
            || byte == Self.carriageReturn && bytes[(place + 1)...].first == Self.lineFeed
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func endLine() {
        let isReturn = take(Self.carriageReturn)
        if take(Self.lineFeed) || isReturn { line += 1 }
    }

    /// What ends the first line, outside quotation marks: the carriage return if no line feed
    /// follows it, else the line feed.
    private static func lineEnd(of text: [UInt8]) -> UInt8 {
        var isQuoted = false
        for (place, byte) in text.enumerated() {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineFeed { return lineFeed }
            if byte == carriageReturn {
                // One at the end of all is no line end of old.
                let next = text[(place + 1)...].first
                return next == nil || next == lineFeed ? lineFeed : carriageReturn
            }
        }
        return lineFeed
    }

    /// The separator that a first line `sep=;` names, as spreadsheets write and read it.
    private static func namedSeparator(of line: ArraySlice<UInt8>) -> UInt8? {
        var words = Array(line)
        if words.last == carriageReturn { words.removeLast() }
        if words.first == quote, words.last == quote { words = Array(words.dropFirst().dropLast()) }
        guard words.count == 5,
            words.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8).map({ $0 | 0x20 }),
            words[4] != quote, words[4] < 0x80
        else { return nil }
        return words[4]
    }

    /// The comma, semicolon, tab or bar that the first line with anything in it has most of,
    /// outside quotation marks; the one named first where they are equal.
    private static func separator(of text: ArraySlice<UInt8>, lineEnd: UInt8) -> UInt8 {
        var counts = [Int](repeating: 0, count: separators.count)
        var isQuoted = false
        for byte in text.drop(while: { $0 == lineFeed || $0 == carriageReturn }) {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == lineEnd { break }
            if let which = separators.firstIndex(of: byte) { counts[which] += 1 }
        }
        let most = counts.max() ?? 0
        return separators[counts.firstIndex(of: most) ?? 0]
    }

    private static let separators: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
    private static let quote: UInt8 = 0x22
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}
