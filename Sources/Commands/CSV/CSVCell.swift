// SPDX-License-Identifier: MIT

/// What one cell of a CSV file says, and where it stands there.
package struct CSVCell: Equatable, Sendable {
    /// Without the quotation marks around it; a doubled mark inside is one mark.
    package let text: String
    /// The line of the file where the cell begins, from 1, as a text editor counts.
    package let line: Int
    /// The place of the cell in its row, from 1, as a spreadsheet counts.
    package let column: Int

    /// Whether anything stands in it but spaces of any kind.
    package var showsSomething: Bool { text.contains { $0.isWhitespace == false } }

    package init(text: String, line: Int, column: Int) {
        self.text = text
        self.line = line
        self.column = column
    }
}
