// SPDX-License-Identifier: MIT
import Basics
package import Events
import Projections
package import Queries

/// Records as a table: how they are called, their title, and the columns that their kind lists.
package struct RecordTable {
    package let table: Table
    private let records: [RecordSummary]
    private let values: ValueText
    private let shown: [Field]

    /// With a kind the columns that are asked for, or its own, or, where the table is to be whole,
    /// all; without one the kind and the status.
    package init(
        _ records: [RecordSummary], kind: Kind?, columns chosen: [Field]? = nil,
        isWhole: Bool = false, in book: Book
    ) throws {
        self.records = records
        values = ValueText(book)
        let own = kind.map { kind in
            isWhole
                ? kind.fields.filter { $0.name != kind.title }
                : kind.listed.compactMap { kind.field($0) }
        }
        let fields = chosen ?? own ?? []
        shown = fields
        var columns = [
            Table.Column("reference", "Ref"),
            Table.Column("title", "Title", .truncated(minimum: 16)),
        ]
        if kind == nil {
            columns.append(Table.Column("kind", "Kind"))
            columns.append(Table.Column("status", "Status", .truncated(minimum: 8)))
        }
        columns += fields.map {
            Table.Column($0.name, $0.label, .truncated(minimum: min(12, max(6, $0.label.count))))
        }
        columns.append(Table.Column("conflicts", "Disputed", alignment: .right))
        var table = Table(columns)
        for record in records {
            table.append(try RecordTable.cells(record, kind, fields, values))
        }
        self.table = table
    }

    /// The records for programs; the shape is described in `Docs/Json.md`.
    package var json: JSON {
        get throws {
            .array(try records.map(json))
        }
    }

    private func json(_ record: RecordSummary) throws -> JSON {
        var members: [JSON.Member] = [
            .init("reference", .string(record.reference)),
            .init("name", .string(record.name)),
            .init("alias", JSON(RecordTable.alias(record))),
            .init("kind", .string(record.kind.name)),
            .init("title", .string(record.title)),
            .init("status", .string(record.status)), .init("open", .bool(record.isOpen)),
            .init("conflicts", JSON(record.conflicts)), .init("findings", JSON(record.findings)),
            .init("time", .string(Dates.iso8601(record.time.milliseconds))),
        ]
        let own = record.kind.listed.compactMap { record.kind.field($0) }
        for field in shown.isEmpty ? own : shown where field.name != record.kind.status {
            members.append(.init(field.name, .string(try values.column(field, record.contents))))
        }
        return .object(members)
    }

    /// A printed reference such as `thanet-2014/13`, for kinds that have one.
    private static func alias(_ record: RecordSummary) -> String? {
        guard let name = record.kind.alias, case .text(let alias)? = record.contents[name] else {
            return nil
        }
        return alias
    }

    private static func cells(
        _ record: RecordSummary, _ kind: Kind?, _ fields: [Field], _ values: ValueText
    ) throws -> [Table.Cell] {
        var cells = [
            Table.Cell(record.name, .reference), Table.Cell(record.title),
        ]
        if kind == nil {
            cells.append(Table.Cell(record.kind.name))
            cells.append(Table.Cell(record.status))
        }
        for field in fields {
            let isStatus = field.name == kind?.status
            cells.append(
                Table.Cell(isStatus ? record.status : try values.column(field, record.contents)))
        }
        cells.append(
            record.conflicts > 0 ? Table.Cell(record.conflicts, .warning) : Table.Cell("", .plain))
        return cells
    }
}
