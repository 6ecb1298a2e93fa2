// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections

/// The table of one kind: what the plain fields of its records read, a column each, so that lists
/// and questions in SQL need not open records.
struct KindTable {
    /// A plain field and where it stands in its kind.
    struct Column {
        let field: Int
        let name: String
        /// Where the entry is kept that wrote what it reads; nil where the last one always does.
        let entry: String?
    }

    let name: String
    let columns: [Column]
    /// Takes the record, `disputed`, and then the cells of a record in their order.
    let insertion: String

    init(_ kind: Kind) {
        name = SQLNames.table(kind)
        columns = kind.fields.enumerated().compactMap { place, field in
            guard field.isPlain else { return nil }
            let name = SQLNames.name(field.name)
            return Column(field: place, name: name, entry: field.isWeighed ? name + "_entry" : nil)
        }
        let count = 2 + columns.count + columns.count { $0.entry != nil }
        let places = (1...count).map { "?\($0)" }.joined(separator: ", ")
        insertion = "INSERT OR REPLACE INTO \(name) VALUES(\(places))"
    }

    /// `disputed` has a bit for each field that is, by its place in the kind.
    var definition: String {
        let values = columns.flatMap { ["\($0.name)", $0.entry.map { "\($0) INTEGER" }] }
        let all = ["record INTEGER PRIMARY KEY", "disputed INTEGER"] + values.compactMap(\.self)
        return "CREATE TABLE \(name)(\(all.joined(separator: ", ")));"
    }
}

/// What the tables of rows have of one record.
struct RecordRow {
    /// An element of a set, the value under a key, or a sum.
    struct Element {
        let field: Int
        let position: Int
        let key: String?
        let value: Statement.Cell
        let isDisputed: Bool
    }

    private(set) var disputed: Int64 = 0
    private(set) var cells: [Statement.Cell] = []
    private(set) var elements: [Element] = []

    init(_ record: RecordView, _ columns: [KindTable.Column]) {
        for view in record.fields {
            if view.isDisputed, view.index < 63 { disputed |= 1 << Int64(view.index) }
            take(view, isPlain: record.kind.fields[view.index].key == nil)
        }
        for column in columns {
            let view = record.fields.first { $0.index == column.field }
            cells.append(view.map { RecordRow.cell($0.shown) } ?? .null)
            guard column.entry != nil else { continue }
            cells.append(view.flatMap(RecordRow.writer) ?? .null)
        }
    }

    private mutating func take(_ view: FieldView, isPlain: Bool) {
        switch view.content {
        case .registers(let registers):
            for (position, register) in registers.enumerated() where isPlain == false {
                elements.append(
                    Element(
                        field: view.index, position: position, key: register.key,
                        value: RecordRow.cell(register.shown), isDisputed: register.isDisputed))
            }
        case .set(let values, let isContested):
            for (position, value) in values.enumerated() {
                elements.append(
                    Element(
                        field: view.index, position: position, key: nil,
                        value: RecordRow.cell(value), isDisputed: isContested))
            }
        case .tally(let sums):
            for (position, sum) in sums.enumerated() {
                elements.append(
                    Element(
                        field: view.index, position: position, key: sum.key,
                        value: .integer(Int64(clamping: sum.value)), isDisputed: false))
            }
        case .parts: return
        }
    }

    /// The first entry, in canonical order, that wrote what a field reads.
    private static func writer(_ view: FieldView) -> Statement.Cell? {
        guard case .registers(let registers) = view.content, let plain = registers.first else {
            return nil
        }
        let write = plain.live.first { $0.value == plain.shown }
        return write.map { .integer(Int64(bitPattern: $0.place.raw)) }
    }

    /// A value as SQL has it: links as the text that names a record in every view.
    private static func cell(_ value: EncodedValue) -> Statement.Cell {
        switch value.value {
        case .text(let text): .text(Array(text.utf8))
        case .unsigned(let number): .integer(Int64(clamping: number))
        case .negative(let number): .integer(number)
        case .bool(let flag): .integer(flag ? 1 : 0)
        case .array:
            Link(value.value).flatMap { link in
                link.log.map { EntryID(log: $0, seq: link.seq, branch: link.chain) }
            }.map { .text(Array($0.text.utf8)) } ?? .null
        case .map, .bytes, .null: .null
        }
    }
}

extension Field {
    /// Whether it has one value, under no key.
    var isPlain: Bool {
        switch family {
        case .latest, .cautious, .standing: key == nil
        case .reading, .set, .tally, .entries: false
        }
    }

    /// Whether what it reads need not be what was written last.
    var isWeighed: Bool {
        switch family {
        case .cautious, .standing: true
        case .latest, .reading, .set, .tally, .entries: false
        }
    }
}
