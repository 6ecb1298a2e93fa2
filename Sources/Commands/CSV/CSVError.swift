// SPDX-License-Identifier: MIT
package import Basics

/// Why a file is not a table that can be read whole.
///
/// Lines and columns count from 1, columns in cells. No case holds a text of the file: it may be
/// about people.
package enum CSVError: Error, Equatable, Sendable {
    /// Longer than ``CSVTable/sizeLimitBytes``.
    case tooLarge
    /// No line with anything in it.
    case empty
    /// A cell that is no text in the encoding of the others, or holds a zero byte.
    case notText(line: Int, column: Int)
    /// A cell that begins with a quotation mark, without one that ends it.
    case unclosedQuote(line: Int, column: Int)
    /// A quotation mark inside a cell that does not begin with one, or text after the one that
    /// ends a cell.
    case strayQuote(line: Int, column: Int)
    /// A carriage return outside quotation marks that no line feed follows, in a file whose lines
    /// end with line feeds.
    case strayReturn(line: Int, column: Int)
    /// A row with something in more cells than the header has.
    case tooManyCells(line: Int, cells: Int, header: Int)
    /// A header with more cells than ``CSVTable/columnLimit``.
    case tooManyColumns(Int)
    /// Two columns whose names differ at most in capitals.
    case sameName(column: Int, other: Int)

    /// What is wrong and where, and what to do.
    package var rejection: Rejection {
        Rejection(sentence, advice: advice)
    }

    private var sentence: String {
        switch self {
        case .tooLarge: "The file is larger than 64 MiB."
        case .empty: "The file is empty."
        case .notText(let line, let column):
            "\(Self.cell(line, column)) is no text that can be read."
        case .unclosedQuote(let line, let column):
            "\(Self.cell(line, column)) begins with a quotation mark that is never closed."
        case .strayQuote(let line, let column):
            "\(Self.cell(line, column)) has a quotation mark where none may be."
        case .strayReturn(let line, let column):
            "\(Self.cell(line, column)) holds a carriage return without a line feed."
        case .tooManyCells(let line, let cells, let header):
            "The row at line \(line) has \(cells) cells, but the header names \(header)."
        case .tooManyColumns(let count):
            "The header names \(count) columns, and at most \(CSVTable.columnLimit) can be read."
        case .sameName(let column, let other): "Columns \(other) and \(column) have the same name."
        }
    }

    private var advice: String {
        switch self {
        case .tooLarge: "Split it, and repeat the first line in each part."
        case .empty: "Its first line should name the columns."
        case .notText: "Save the file again as CSV with the encoding UTF-8."
        case .unclosedQuote, .strayQuote:
            "Put one at each end of the cell, and double each one inside it."
        case .strayReturn:
            "Put the cell in quotation marks, or save the file with other line ends."
        case .tooManyCells: "Put each cell that holds a separator in quotation marks."
        case .tooManyColumns: "Take out the columns that are not wanted."
        case .sameName: "Rename one in the first line."
        }
    }

    private static func cell(_ line: Int, _ column: Int) -> String {
        "The cell at line \(line), column \(column)"
    }
}
