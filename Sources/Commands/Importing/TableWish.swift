// SPDX-License-Identifier: MIT

/// How a person says that a table is to be read.
package struct TableWish: Hashable, Sendable {
    /// What a column calls something, and what it is called here.
    package struct Word: Hashable, Sendable {
        package let column: String
        package let printed: String
        /// Nothing for a cell that says nothing.
        package let meant: String

        package init(column: String, printed: String, meant: String) {
            self.column = column
            self.printed = printed
            self.meant = meant
        }
    }

    /// Column header to field name; an empty name leaves the column out.
    package var fields: [String: String] = [:]
    /// Field name to what it says in every row that says nothing under it.
    package var fixed: [String: String] = [:]
    package var words: [Word] = []
    /// Columns of which an empty cell says what the cell above does, as merged cells are saved.
    package var filled: Set<String> = []
    /// The column or field by which a row is known to be of a record that is there.
    package var key: String?
    /// Whether a status stands as it was printed, with nothing of what it asks for.
    package var isAsRecorded = false

    package init() {}
}
