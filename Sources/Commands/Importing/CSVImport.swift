// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Projections

/// Reads records of one kind from a table by its header: which column goes to which field follows
/// from the vocabulary, and from what the person says.
package struct CSVImport {
    package let kind: Kind
    let decider: Decider
    let wish: TableWish
    let extras: Extras

    /// A file with more rows is refused.
    package static let rowLimit = 100_000

    /// What came of the table.
    package struct Outcome: Hashable, Sendable {
        /// What is to be written, row by row.
        package var events: [Event] = []
        package var added = 0
        package var changed = 0
        /// Rows of which the book says all that they say.
        package var unchanged = 0
        /// Column header to field name, in the order of the columns.
        package var placed: [String] = []
        /// Columns that went nowhere.
        package var unplaced: [String] = []
        /// Whole sentences about what was read otherwise than printed.
        package var remarks: [String] = []
        /// Fields of which nothing was taken for records that are there: it would be there twice.
        package var left: Set<String> = []
        /// Whether rows are told apart by a field, and not by their place alone.
        package var isKeyed = false
    }

    static let toldChanges = 10

    /// What all records of an import belong to.
    package enum Owner: Hashable, Sendable {
        /// What the event at a place of the same batch makes.
        case event(Int)
        case record(EntryID)
    }

    /// What every record of the import gets besides its row.
    package struct Extras {
        /// Put before a reference, as in `thanet-2014/`.
        package let referencePrefix: String
        /// A link field, and what it links to.
        package let link: (field: String, owner: Owner)?
        /// The record whose field reads so, if there is one.
        package let known: (Field, EncodedValue) throws(Rejection) -> RecordView?
        /// Records that this import wrote already, before it was stopped or done once more.
        package let written: Set<EntryID>

        package init(
            referencePrefix: String = "", link: (field: String, owner: Owner)? = nil,
            written: Set<EntryID> = [],
            known: @escaping (Field, EncodedValue) throws(Rejection) -> RecordView?
        ) {
            self.referencePrefix = referencePrefix
            self.link = link
            self.written = written
            self.known = known
        }
    }

    package init(
        _ kind: Kind, by author: DecisionContext, as wish: TableWish, _ extras: Extras
    ) {
        self.kind = kind
        self.wish = wish
        self.extras = extras
        decider = Decider(author)
    }

    /// What is to be written, or a rejection that names every cell that cannot be used.
    package func read(_ table: CSVTable) throws(Rejection) -> Outcome {
        var outcome = Outcome()
        let columns = try place(table.header, &outcome)
        try check(table, columns)
        let key = try key(columns)
        outcome.isKeyed = key != nil
        var cells = CellReader(self, table.header, columns)
        var known = KnownRows(key)
        var faults = Faults()
        for (number, row) in table.rows.enumerated() {
            let line = row.first?.line ?? 0
            let values = cells.values(of: row, number + 1, &faults)
            guard let values else { continue }
            do throws(Rejection) {
                try add(values, at: line, &known, &outcome)
            } catch {
                faults.add(error, at: line)
            }
        }
        if faults.count > 0 { throw faults.rejection }
        outcome.remarks += outcome.ofChanges + table.remarks + cells.remarks + known.remarks
        return outcome
    }

    /// Writes down what a row says that the book does not say already.
    private func add(
        _ values: [String: [String]], at line: Int, _ known: inout KnownRows,
        _ outcome: inout Outcome
    ) throws(Rejection) {
        guard let field = known.key, let text = values[field.name]?.first else {
            outcome.events.append(try event(values))
            outcome.added += 1
            return
        }
        let value = EncodedValue(try decider.reader.value(text, for: field))
        guard try known.isNew(value, values, text, line) else { return }
        guard let record = try extras.known(field, value) else {
            outcome.events.append(try event(values))
            outcome.added += 1
            return
        }
        // What people changed since an import is theirs, whether or not it is done once more.
        let isWritten = extras.written.contains(record.id)
        guard isWritten == false else {
            outcome.unchanged += 1
            return
        }
        let (events, fields, left) = try changes(record, values)
        outcome.events += events
        outcome.left.formUnion(left)
        if events.isEmpty { outcome.unchanged += 1 } else { outcome.changed += 1 }
        guard events.isEmpty == false, outcome.changed <= CSVImport.toldChanges else { return }
        outcome.remarks.append("Line \(line): '\(text)' changes under \(fields.listed).")
    }

    private func check(_ table: CSVTable, _ columns: [Field?]) throws(Rejection) {
        guard wish.isAsRecorded == false || Roles.coordinators.allows(decider.author.role) else {
            throw Rejection(
                "Only a coordinator takes a table as it was recorded.",
                advice: "Leave --as-recorded out, or ask your coordinator; nothing was written.")
        }
        for name in wish.fixed.keys.sorted() {
            let field = try declared(name)
            _ = try decider.reader.printed(wish.fixed[name] ?? "", for: field)
        }
        guard columns.contains(where: { $0?.name == kind.title }) || wish.fixed[kind.title] != nil
        else {
            throw Rejection(
                "No column of this file holds the \(kind.title) of the \(kind.plural).",
                advice: """
                    Say which one does: --map "COLUMN=\(kind.title)"; where lines stand above \
                    the header, --skip LINES passes over them. The columns are: \
                    \(CSVImport.named(table.header)).
                    """)
        }
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

    /// The field by which rows are known: the one that was said, else what the kind's records are
    /// called by where a column says it.
    private func key(_ columns: [Field?]) throws(Rejection) -> Field? {
        guard let name = wish.key else {
            guard let alias = kind.alias else { return nil }
            let isSaid = columns.contains { $0?.name == alias }
            return isSaid || extras.referencePrefix.isEmpty == false ? kind.declared(alias) : nil
        }
        let placed = columns.compactMap(\.self)
        if let field = placed.first(where: { $0.name == name }), field.isKey { return field }
        throw Rejection(
            "Rows cannot be known by '\(name)'.",
            advice: """
                --key takes a field with one value that a column goes to: \
                \(placed.filter(\.isKey).map(\.name).joined(separator: ", ")).
                """)
    }

    /// So many columns as a person reads.
    static func named(_ header: [String]) -> String {
        let names = header.filter { $0.isEmpty == false }
        let more = names.count > 30 ? " and \(names.count - 30) more" : ""
        return names.prefix(30).joined(separator: ", ") + more
    }

    func declared(_ name: String) throws(Rejection) -> Field {
        if let field = kind.field(name) { return field }
        throw Rejection(
            "No \(kind.name) has a field '\(name)'.",
            advice: "Their fields are: \(kind.fields.map(\.name).joined(separator: ", ")).")
    }
}

extension CSVImport.Outcome {
    /// Whole sentences about records that were there.
    fileprivate var ofChanges: [String] {
        var sentences: [String] = []
        if changed > CSVImport.toldChanges {
            sentences.append("\(changed - CSVImport.toldChanges) more rows change something.")
        }
        if left.isEmpty == false {
            sentences.append(
                """
                For records that are there, nothing was taken under \(left.sorted().listed): \
                what is added there would be there twice. Their own verbs add it.
                """)
        }
        return sentences
    }
}

extension Field {
    /// Whether one record has any number of values of it.
    var takesSeveral: Bool { family == .set || key != nil }

    /// Whether whatever is written under it comes to what is there.
    var isOnlyAdded: Bool { family == .entries || family == .tally }

    /// Whether a record can be told from others by what it says.
    fileprivate var isKey: Bool {
        switch family {
        case .latest, .standing, .cautious: key == nil
        case .set, .tally, .entries, .reading: false
        }
    }
}
