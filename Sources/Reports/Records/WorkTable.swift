// SPDX-License-Identifier: MIT
import Events
import Merging
import Projections
package import Queries

/// What waits for a person, as a table: the most urgent first.
package struct WorkTable {
    package let table: Table

    package init(_ items: [WorkItem], in book: Book) throws {
        let values = ValueText(book)
        var table = Table([
            .init("reference", "Ref"), .init("title", "Title", .truncated(minimum: 12)),
            .init("field", "Field"), .init("shown", "Reads", .truncated(minimum: 8)),
            .init("matter", "Because", .wrapped(minimum: 20)),
        ])
        for item in items {
            guard let view = try book.record(item.record) else { continue }
            let field: String
            let matter: String
            switch item.matter {
            case .conflict(let name):
                field = name
                matter = try WorkTable.sides(view, name, values)
            case .finding(let finding):
                field = finding.field
                matter =
                    finding.rule.isEmpty
                    ? finding.sentence : "\(finding.sentence) (\(finding.rule))"
            }
            let shown =
                field == view.kind.status
                ? view.status : try view.field(field).map { try values.text($0) } ?? ""
            table.append([
                .init(try book.reference(item.record), .reference), .init(view.title),
                .init(field), .init(shown, .strong), .init(matter),
            ])
        }
        self.table = table
    }

    /// Who says what: `high W01, medium W02`.
    private static func sides(
        _ view: RecordView, _ name: String, _ values: ValueText
    ) throws -> String {
        guard let field = view.field(name) else { return "" }
        switch field.content {
        case .registers(let registers):
            return try registers.filter(\.isDisputed).map { register in
                let key = register.key.isEmpty ? "" : "\(register.key): "
                return try key
                    + register.live.map { write in
                        let who = values.book.callSign(of: write.place.log)
                        return "\(try values.text(write.value.value)) (\(who))"
                    }.joined(separator: ", ")
            }.joined(separator: "; ")
        case .set: return "added by people who had not seen each other"
        case .tally: return ""
        case .parts(let parts): return "\(parts.disputed) voided and corrected at once"
        }
    }
}
