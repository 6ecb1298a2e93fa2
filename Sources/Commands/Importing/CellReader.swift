// SPDX-License-Identifier: MIT
import Basics
import Events

/// Reads the cells of a table as what fields take, row by row.
struct CellReader {
    /// A column of the table.
    private struct Column {
        let name: String
        /// Nil for one that goes nowhere.
        let field: Field?
        let isFilled: Bool
        /// What a cell says, in the normal form, and what is meant.
        var words: [String: TableWish.Word]
        /// What stood in the last cell with anything in it.
        var above = ""
        /// Cells that say that there is nothing to say.
        var silent: (text: String, line: Int, count: Int)?
    }

    private let reading: CSVImport
    private let reader: ValueReader
    private var columns: [Column]
    private var unused: Set<TableWish.Word>
    private var spills: [String] = []
    private var spillCount = 0

    init(_ reading: CSVImport, _ header: [String], _ fields: [Field?]) {
        self.reading = reading
        reader = reading.decider.reader
        let wish = reading.wish
        let filled = Set(wish.filled.map(CSVImport.normal))
        columns = zip(header, fields).map { name, field in
            let normal = CSVImport.normal(name)
            let own = wish.words.filter { CSVImport.normal($0.column) == normal }
            return Column(
                name: name, field: field, isFilled: filled.contains(normal),
                words: Dictionary(
                    own.map { ($0.printed.cell.lowercased(), $0) },
                    uniquingKeysWith: { _, last in last }))
        }
        unused = Set(columns.flatMap(\.words.values))
    }

    /// The texts of a row, by field; nil where a cell cannot be used, which is among the faults.
    mutating func values(
        of row: [CSVCell], _ number: Int, _ faults: inout CSVImport.Faults
    ) -> [String: [String]]? {
        var values: [String: [String]] = [:]
        let before = faults.count
        let line = row.first?.line ?? 0
        for place in columns.indices {
            let cell =
                row.indices.contains(place)
                ? row[place] : CSVCell(text: "", line: line, column: place + 1)
            guard let field = columns[place].field, let text = text(of: cell, at: place),
                isSilent(text, field, cell, at: place) == false
            else { continue }
            for part in parts(text, field) {
                guard let part = meaning(of: part, at: place) else { continue }
                add(part, field, cell, at: place, &values, &faults)
            }
        }
        for (name, text) in reading.wish.fixed where values[name] == nil {
            values[name] = parts(text, reading.kind.declared(name))
        }
        addReference(to: &values, number, line, &faults)
        return faults.count == before ? values : nil
    }

    /// What a cell says, by what is known of its column; nil for nothing.
    private mutating func text(of cell: CSVCell, at place: Int) -> String? {
        var text = cell.text.cell
        if columns[place].isFilled {
            if text.isEmpty { text = columns[place].above }
            columns[place].above = text
        }
        return text.isEmpty ? nil : meaning(of: text, at: place)
    }

    /// What a cell, or a part of one, means; nil for nothing.
    private mutating func meaning(of text: String, at place: Int) -> String? {
        guard let word = columns[place].words[text.lowercased()] else { return text }
        unused.remove(word)
        let meant = word.meant.cell
        return meant.isEmpty ? nil : meant
    }

    /// Rows are called after what they belong to, by their own reference or, where the table has
    /// none, by their number.
    private func addReference(
        to values: inout [String: [String]], _ number: Int, _ line: Int,
        _ faults: inout CSVImport.Faults
    ) {
        let prefix = reading.extras.referencePrefix
        guard let alias = reading.kind.alias, prefix.isEmpty == false else { return }
        let column = columns.first { $0.field?.name == alias }
        guard column == nil || values[alias]?.first != nil else {
            let rejection = Rejection(
                "There is no reference in this row, where others have one.",
                advice: "Give it one, or leave the column out.")
            return faults.add(rejection, at: line, " (\(column?.name ?? alias))")
        }
        values[alias] = [prefix + (values[alias]?.first ?? "\(number)")]
    }

    /// Whether a cell says that there is nothing to say, which is remembered.
    private mutating func isSilent(
        _ text: String, _ field: Field, _ cell: CSVCell, at place: Int
    ) -> Bool {
        guard field.says(nothingBy: text) else { return false }
        let silent = columns[place].silent ?? (text, cell.line, 0)
        columns[place].silent = (silent.text, silent.line, silent.count + 1)
        return true
    }

    private mutating func add(
        _ text: String, _ field: Field, _ cell: CSVCell, at place: Int,
        _ values: inout [String: [String]], _ faults: inout CSVImport.Faults
    ) {
        do throws(Rejection) {
            let read = try reader.printed(text, for: field)
            guard let spill = field.spill, let first = values[field.name]?.first else {
                values[field.name, default: []].append(read)
                return
            }
            values[spill, default: []].append(read)
            spillCount += 1
            guard spills.count < CellReader.toldSpills else { return }
            spills.append(
                """
                Line \(cell.line), column \(cell.column): \(first) is the \
                \(field.label.lowercasedASCII); \(read) is under '\(spill)'.
                """)
        } catch {
            faults.add(
                error, at: cell.line, ", column \(cell.column) (\(columns[place].name))")
        }
    }

    private static let toldSpills = 10

    /// The values that one cell lists.
    private func parts(_ text: String, _ field: Field) -> [String] {
        guard field.takesSeveral || field.spill != nil else {
            return [
                field.type == .longText ? text.replacing("\r\n", with: "\n") : text.line
            ]
        }
        guard field.type == .code else {
            return CellReader.split(text, at: ";")
        }
        return CellReader.split(text, at: ";,").flatMap { text -> [String] in
            guard isAgency(text) == false else { return [text] }
            let words = text.replacing(" and ", with: ";").replacing(" with ", with: ";")
            let bodies = CellReader.split(words, at: ";/&+")
            // `R&B` and `Homes & Co` are one body each.
            return bodies.allSatisfy(\.mayBeABody) ? bodies : [text]
        }
    }

    private static func split(_ text: String, at marks: String) -> [String] {
        text.split { marks.contains($0) || $0.isNewline }.map { String($0).trimmed }
            .filter { $0.isEmpty == false }
    }

    /// Whether a text is the code of one body, as `H&C` may be.
    private func isAgency(_ text: String) -> Bool {
        do throws(Rejection) {
            _ = try reader.author.find(text, Kind.agency.name)
            return true
        } catch {
            return false
        }
    }

    /// Whole sentences about cells that were read otherwise than printed.
    var remarks: [String] {
        var remarks = spills
        if spillCount > spills.count {
            remarks.append("\(spillCount - spills.count) more were put elsewhere like that.")
        }
        for column in columns {
            guard let silent = column.silent else { continue }
            let cells =
                silent.count == 1
                ? "'\(silent.text)' at line \(silent.line) says"
                : "\(silent.count) cells such as '\(silent.text)' at line \(silent.line) say"
            remarks.append("Column '\(column.name)': \(cells) nothing, and nothing was taken.")
        }
        for word in unused.sorted(by: { ($0.column, $0.printed) < ($1.column, $1.printed) }) {
            remarks.append("No cell of '\(word.column)' says '\(word.printed)'.")
        }
        return remarks
    }
}

extension Field {
    /// Whether a cell with that text has nothing to say under it.
    fileprivate func says(nothingBy text: String) -> Bool {
        // How many texts there are, as a list prints it, is none of them.
        if family == .entries { return text.utf8.allSatisfy { (48...57).contains($0) } }
        guard type != .longText, type != .text else { return false }
        return text.isPlaceholder && choices.contains(text.lowercasedASCII) == false
    }
}

extension String {
    /// What a cell says: without spaces around it, with plain ones inside, and without the mark
    /// that keeps spreadsheets from taking it for a formula.
    fileprivate var cell: String {
        let text = withPlainSpaces.trimmed
        guard text.hasPrefix("'"), let next = text.dropFirst().first, "=+-@\t\r".contains(next)
        else { return text }
        return String(text.dropFirst())
    }

    /// In one line.
    fileprivate var line: String {
        contains(where: \.isNewline)
            ? split(whereSeparator: \.isNewline).map { String($0).trimmed }.joined(separator: " ")
            : self
    }

    /// Whether it can be a body of its own among several in one cell: a word, or a short name in
    /// capitals.
    fileprivate var mayBeABody: Bool {
        utf8.count > 2 || utf8.count == 2 && utf8.allSatisfy { (65...90).contains($0) }
    }

    /// Whether people write it where there is nothing to say yet.
    fileprivate var isPlaceholder: Bool {
        [
            "-", "--", "\u{2013}", "\u{2014}", "?", "n/a", "na", "none", "nil", "tbc", "tba", "tbd",
            "not known", "unknown",
        ].contains(lowercased())
    }
}
