// SPDX-License-Identifier: MIT
import Events
import Merging
import Projections
package import Queries

/// What waits for a person, as a table: the most urgent first.
package struct WorkTable {
    private let items: [(item: WorkItem, text: ConflictText)]
    private let book: Book

    package init(_ items: [WorkItem], in book: Book) throws {
        self.items = try items.map { ($0, try ConflictText($0.conflict, of: $0.record, in: book)) }
        self.book = book
    }

    /// Whether one of them is on a count, which additions put right.
    package var hasCounts: Bool { items.contains { $0.item.conflict.isOfCounts } }

    package var table: Table {
        get throws {
            var table = Table([
                .init("reference", "Ref"), .init("title", "Title", .truncated(minimum: 12)),
                .init("field", "Field"), .init("shown", "Reads", .truncated(minimum: 8)),
                .init("matter", "Because", .wrapped(minimum: 20)),
            ])
            for (item, text) in items {
                table.append([
                    .init(try book.reference(item.record.place), .reference),
                    .init(item.record.title), .init(text.name), .init(try text.shown, .strong),
                    .init(try text.matter),
                ])
            }
            return table
        }
    }

    /// The same for programs; the shape is described in `Docs/Json.md`.
    package var json: JSON {
        get throws {
            .array(
                try items.map { item, text in
                    let record: [JSON.Member] = [
                        .init("reference", .string(try book.reference(item.record.place))),
                        .init("title", .string(item.record.title)),
                    ]
                    return .object(record + (try text.json.members))
                })
        }
    }
}
