// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries

extension RecordPage {
    /// The record for programs; the shape is described in `Docs/Json.md`.
    package var json: JSON {
        get throws {
            .object([
                .init("reference", .string(try book.reference(view.place))),
                .init("id", .string(view.id.text)),
                .init("kind", .string(view.kind.name)),
                .init("title", .string(view.title)),
                .init("status", .string(view.status)),
                .init("open", .bool(view.isOpen)),
                .init("fields", .object(try view.fields.map { try member($0) })),
                .init("findings", .array(view.findings.map { finding($0) })),
                .init(
                    "conflicts",
                    .array(
                        try view.conflicts.map { try ConflictText($0, of: view, in: book).json })),
                .init("parts", .array(try book.parts(of: view.place).map { try json($0) })),
            ])
        }
    }

    private func member(_ field: FieldView) throws -> JSON.Member {
        let declared = view.kind.fields[field.index]
        let name = declared.name
        switch field.content {
        case .registers(let registers):
            if let plain = registers.first, declared.key == nil {
                return .init(name, try json(plain))
            }
            return .init(name, .object(try registers.map { .init($0.key, try json($0)) }))
        case .set(let elements, let isContested):
            return .init(
                name,
                .object([
                    .init("values", .array(try elements.map { try values.json($0.value) })),
                    .init("disputed", .bool(isContested)),
                ]))
        case .tally(let sums):
            return .init(
                name,
                .object([
                    .init("counts", .object(sums.map { .init($0.key, JSON($0.value)) }))
                ]))
        case .parts(let parts):
            return .init(
                name,
                .object([
                    .init("counted", JSON(parts.counted)), .init("void", JSON(parts.void)),
                    .init("disputed", JSON(parts.disputed)),
                ]))
        }
    }

    private func json(_ register: FieldView.Register) throws -> JSON {
        .object([
            .init("value", try values.json(register.shown.value)),
            .init("disputed", .bool(register.isDisputed)),
            .init(
                "writes",
                .array(
                    try inOrder(register.live).map { write in
                        .object([
                            .init("value", try values.json(write.value.value)),
                            .init("entry", .string(book.entryName(write.place))),
                            .init("device", .string(book.callSign(of: write.place.log))),
                            .init("time", .string(Dates.iso8601(write.time.milliseconds))),
                        ])
                    })),
        ])
    }

    /// By canonical order: two books that hold the same print the same.
    private func inOrder(_ writes: [LiveWrite]) -> [LiveWrite] {
        let order = CanonicalOrder(book.logs)
        return writes.sorted { left, right in
            order.precedes(left.place, right.place)
                || order.precedes(right.place, left.place) == false
                    && left.value.bytes.precedes(right.value.bytes)
        }
    }

    private func finding(_ finding: RecordFinding) -> JSON {
        .object([
            .init("name", .string(finding.name)), .init("rule", .string(finding.rule)),
            .init("field", .string(finding.field)), .init("sentence", .string(finding.sentence)),
        ])
    }

    private func json(_ part: PartView) throws -> JSON {
        let standing: String
        var content = part.content
        switch part.standing {
        case .counts: standing = "counts"
        case .void: standing = "void"
        case .disputed: standing = "disputed"
        case .corrected(let new):
            standing = "corrected"
            content = new
        }
        return .object([
            .init("field", .string(part.field.name)),
            .init("entry", .string(book.entryName(part.entry))),
            .init("device", .string(book.callSign(of: part.entry.log))),
            .init("time", .string(Dates.iso8601(part.time.milliseconds))),
            .init("occurred", JSON(part.occurred)),
            .init("content", try values.json(content)),
            .init("standing", .string(standing)),
        ])
    }
}
