// SPDX-License-Identifier: MIT
package import Events
package import Projections

/// Records as a table: reference, title, and the columns that their kind lists.
package struct RecordTable {
    package let table: Table

    /// With a kind its own columns; without one the kind and the status.
    package init(_ records: [RecordSummary], kind: Kind?, in book: Book) {
        let values = ValueText(book)
        let fields = kind.map { kind in kind.listed.compactMap { kind.field($0) } } ?? []
        var columns = [Table.Column("reference", "Ref")]
        if let kind, let alias = kind.alias, kind.listed.contains(alias) == false {
            columns.append(Table.Column(alias, kind.field(alias)?.label ?? alias))
        }
        columns.append(Table.Column("title", "Title", .truncated(minimum: 16)))
        if kind == nil { columns.append(Table.Column("kind", "Kind")) }
        if kind == nil { columns.append(Table.Column("status", "Status", .truncated(minimum: 8))) }
        columns += fields.map {
            Table.Column($0.name, $0.label, .truncated(minimum: min(12, max(6, $0.label.count))))
        }
        columns.append(Table.Column("conflicts", "Disputed", alignment: .right))
        var table = Table(columns)
        for record in records {
            table.append(RecordTable.cells(record, kind, fields, values))
        }
        self.table = table
    }

    private static func cells(
        _ record: RecordSummary, _ kind: Kind?, _ fields: [Field], _ values: ValueText
    ) -> [Table.Cell] {
        var cells = [Table.Cell(record.reference, .reference)]
        if let kind, let alias = kind.alias, kind.listed.contains(alias) == false,
            let field = kind.field(alias)
        {
            cells.append(Table.Cell(values.column(field, record.contents)))
        }
        cells.append(Table.Cell(record.title))
        if kind == nil { cells.append(Table.Cell(record.kind.name)) }
        if kind == nil { cells.append(Table.Cell(record.status)) }
        for field in fields {
            let isStatus = field.name == kind?.status
            cells.append(
                Table.Cell(isStatus ? record.status : values.column(field, record.contents)))
        }
        cells.append(
            record.conflicts > 0 ? Table.Cell(record.conflicts, .warning) : Table.Cell("", .plain))
        return cells
    }
}
