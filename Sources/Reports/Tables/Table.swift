// SPDX-License-Identifier: MIT

/// Rows under columns, to be read as text, as CSV or as JSON.
package struct Table: Sendable {
    /// From left to right; at least one.
    package let columns: [Column]
    /// From the top down; each as long as the columns.
    package private(set) var rows: [[Cell]] = []

    /// A table that has no rows yet.
    package init(_ columns: [Column]) {
        precondition(!columns.isEmpty, "a table has a column")
        self.columns = columns
    }

    /// Adds a row with one cell for each column, in their order.
    package mutating func append(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }

    /// Whether there is no row, so that a sentence says more than a header.
    package var isEmpty: Bool { rows.isEmpty }
}

extension Table {
    /// What a column is called, and what becomes of it when there is little room.
    package struct Column: Sendable {
        /// What a column gives up when the table is too wide.
        package enum Fit: Sendable {
            /// Nothing: references and figures are shown whole or in another layout.
            case whole
            /// The end of its texts, which an ellipsis stands for, down to a width in columns of a
            /// terminal.
            case truncated(minimum: Int = 12)
            /// Nothing but height: its texts are wrapped into several lines, down to a width.
            case wrapped(minimum: Int = 12)
        }

        /// On which side of the column its cells stand.
        package enum Alignment: Sendable {
            case left
            case right
        }

        /// The name in JSON: lower case, stable over releases.
        package let key: String
        /// What people read at the head of the column, and in the header of a CSV file.
        package let title: String
        /// What becomes of it when there is little room.
        package let fit: Fit
        /// Figures stand on the right.
        package let alignment: Alignment

        /// A column that keeps its whole width unless it is said to be flexible.
        package init(
            _ key: String, _ title: String, _ fit: Fit = .whole, alignment: Alignment = .left
        ) {
            self.key = key
            self.title = title
            self.fit = fit
            self.alignment = alignment
        }
    }

    /// One value, as people read it and as programs do.
    package struct Cell: Equatable, Sendable {
        /// As data: it is made harmless when it is laid out.
        package let text: String
        /// What the value means to its reader.
        package let style: Style
        /// As programs get it.
        package let json: JSON

        /// A value whose JSON is something else than its text.
        package init(_ text: String, _ style: Style = .plain, json: JSON) {
            self.text = text
            self.style = style
            self.json = json
        }

        /// Text that is the same for people and programs.
        package init(_ text: String, _ style: Style = .plain) {
            self.init(text, style, json: .string(text))
        }

        /// A whole number, which is a number for programs too.
        package init(_ number: some BinaryInteger, _ style: Style = .plain) {
            self.init(String(number), style, json: JSON(number))
        }

        /// A moment, in milliseconds since 1970: civil time for people, ISO 8601 for programs.
        package init(time milliseconds: UInt64, _ style: Style = .plain) {
            self.init(
                Dates.shown(milliseconds), style, json: .string(Dates.iso8601(milliseconds)))
        }

        /// Nothing: no text, and null.
        package static let empty = Cell("", json: .null)

        /// Text, or nothing where there is none.
        package init(_ text: String?, _ style: Style = .plain) {
            self.init(text ?? "", style, json: JSON(text))
        }
    }
}
