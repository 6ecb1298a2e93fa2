// SPDX-License-Identifier: MIT
package import Basics
package import Events

/// Reads records of one kind from a CSV by its header: which column goes to which field follows
/// from the vocabulary, and from what the person says.
package struct CSVImport {
    package let kind: Kind
    let decider: Decider
    /// Column header to field name; an empty name leaves the column out.
    let mapping: [String: String]

    /// A file with more rows is refused: an import is one batch.
    static let rowLimit = 10_000

    /// What came of the table.
    package struct Outcome: Hashable, Sendable {
        package var events: [Event] = []
        /// Column header to field name, in the order of the columns.
        package var placed: [String] = []
        /// Columns that went nowhere.
        package var unplaced: [String] = []
        /// Whole sentences about cells that were put elsewhere than printed.
        package var remarks: [String] = []
    }

    /// What every record of the import gets besides its row.
    package struct Extras {
        /// Put before a reference, as in `thanet-2014/`.
        package let referencePrefix: String
        /// A link field, and the place in the batch of the event that creates what it links to.
        package let link: (field: String, event: Int)?

        package init(referencePrefix: String = "", link: (field: String, event: Int)? = nil) {
            self.referencePrefix = referencePrefix
            self.link = link
        }
    }

    package init(_ kind: Kind, by author: DecisionContext, mapping: [String: String]) {
        self.kind = kind
        self.mapping = mapping
        decider = Decider(author)
    }

    /// One event a row, or a rejection that names every cell that cannot be used.
    package func read(_ table: CSVTable, _ extras: Extras) throws(Rejection) -> Outcome {
        var outcome = Outcome()
        let columns = try place(table.header, &outcome)
        guard let verb = kind.verbs.first(where: \.creates) else {
            throw Rejection("No \(kind.name) can be imported.")
        }
        guard columns.contains(where: { $0?.name == kind.title }) else {
            throw Rejection(
                "No column of this file holds the \(kind.title) of the \(kind.plural).",
                advice: "Say which one does: --map \"COLUMN=\(kind.title)\". The columns are: "
                    + "\(table.header.joined(separator: ", ")).")
        }
        try check(table)
        var faults = Faults()
        for (number, row) in table.rows.enumerated() {
            do throws(Rejection) {
                let given = try values(row, columns, extras, number + 1, &outcome)
                outcome.events.append(try event(verb, given, extras))
            } catch {
                let line = row.first?.line ?? 0
                faults.add("Line \(line): \(error.sentence) \(error.advice)".trimmed)
            }
        }
        if faults.count > 0 { throw faults.rejection }
        return outcome
    }

    private func check(_ table: CSVTable) throws(Rejection) {
        guard table.rowCount > 0 else {
            throw Rejection(
                "The file has a header and no rows.",
                advice: "Add a row for each \(kind.name); nothing was written.")
        }
        guard table.rowCount <= CSVImport.rowLimit else {
            throw Rejection(
                """
                The file has \(table.rowCount) rows, and at most \(CSVImport.rowLimit) can be \
                added at once.
                """,
                advice: "Split it, and repeat the first line in each part; nothing was written.")
        }
    }

    private func place(
        _ header: [String], _ outcome: inout Outcome
    ) throws(Rejection) -> [Field?] {
        for column in mapping.keys.sorted() where header.contains(column) == false {
            throw Rejection(
                "The file has no column '\(column)'.",
                advice: "Its columns are: \(header.joined(separator: ", ")).")
        }
        var columns: [Field?] = []
        for name in header {
            let field = try field(for: name)
            // Two columns for one field: the first has it.
            let isTaken = field.map { field in columns.contains { $0 == field } } ?? false
            columns.append(isTaken ? nil : field)
            if let field, isTaken == false {
                outcome.placed.append("\(name) -> \(field.name)")
            } else {
                outcome.unplaced.append(name)
            }
        }
        return columns
    }

    private func field(for column: String) throws(Rejection) -> Field? {
        if let name = mapping[column] {
            guard name.isEmpty == false else { return nil }
            if let field = kind.field(name) { return field }
            throw Rejection(
                "No \(kind.name) has a field '\(name)'.",
                advice: "Their fields are: \(kind.fields.map(\.name).joined(separator: ", ")).")
        }
        let name = column.trimmed.lowercasedASCII.replacing(" ", with: "-").replacing(
            "_", with: "-")
        let mapped = Set(mapping.values)
        return kind.fields.first { field in
            mapped.contains(field.name) == false
                && (field.name == name || field.columns.contains(name))
        }
    }

    /// The rows that cannot be used: how many, and the first of them in whole sentences.
    private struct Faults {
        private(set) var count = 0
        private var shown: [String] = []

        mutating func add(_ sentence: String) {
            count += 1
            if shown.count < 10 { shown.append(sentence) }
        }

        var rejection: Rejection {
            let rows = count == 1 ? "1 row" : "\(count) rows"
            let more = count > shown.count ? "\nand \(count - shown.count) more." : ""
            return Rejection(
                """
                \(rows) of the file cannot be used, so nothing was written:
                \(shown.joined(separator: "\n"))\(more)
                """,
                advice: "Put them right in the file, or leave a column out with --map \"COLUMN=\".")
        }
    }
}
