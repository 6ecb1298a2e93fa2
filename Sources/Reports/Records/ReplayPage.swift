// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
package import Queries

/// One step of a replay: who did what, what it changed from what to what, what its author had seen.
package struct ReplayPage {
    private let step: Replay.Step
    private let seen: [(callSign: String, upTo: UInt64)]
    private let book: Book
    private let values: ValueText

    package init(_ step: Replay.Step, _ replay: Replay, in book: Book) {
        self.step = step
        seen = replay.seen(by: step.entry.place)
        self.book = book
        values = ValueText(book)
    }

    package func lines(width: Int) throws -> [StyledText] {
        var lines = try EntryHeadline(step.entry, book).lines(width: width, indent: 0)
        let paragraphs = Paragraphs(width: width, firstIndent: 4, indent: 6)
        if let record = step.entry.record, step.kind != nil {
            lines += paragraphs.wrap("\(try book.reference(record), .reference) \(step.title)")
        }
        for change in step.changes {
            let (before, after) = (try text(change.before), try text(change.after))
            lines += paragraphs.wrap("\(change.field.label): \(before) -> \(after, .strong)")
        }
        for line in try written { lines += paragraphs.wrap(line) }
        if step.entry.again == nil { lines += try said(paragraphs) }
        for settled in try settled {
            lines += paragraphs.wrap("Settles \(settled.label): \(try settled.matter)")
        }
        if let sentence = try settledBefore { lines += paragraphs.wrap("\(sentence)") }
        for finding in step.newFindings {
            lines += paragraphs.wrap("\(finding.sentence, .warning)")
        }
        if step.kind == nil {
            let said =
                try RosterActText(book).lines(of: step.entry)
                ?? ChangeText(step.entry, values).lines(nil)
            for line in said {
                lines += paragraphs.wrap("\(line)" as StyledText)
            }
        }
        for sentence in try ClockText(book).sentences(of: step.entry.place) {
            lines += paragraphs.wrap("\(sentence, .warning)")
        }
        lines += paragraphs.wrap("\(seenText, .faint)")
        return lines
    }

    /// The values that an entry wrote where the field reads something else after it, or read so
    /// before.
    private var written: [StyledText] {
        get throws {
            try (step.kind?.fields ?? []).compactMap { field -> StyledText? in
                guard let said = step.entry.changes?[field.name],
                    case .value(let value)? = Change(said, of: field)
                else { return nil }
                let text = value == .null ? "nothing" : try values.text(value)
                let after = step.changes.first { $0.field == field }?.after
                if after == nil, value == .null { return nil }
                if let after, after.suspended == nil,
                    try values.text(after.field) == text
                        || after.field.shown.value == value
                {
                    return nil
                }
                return "Wrote \(field.label): \(text)"
            }
        }
    }

    /// The words that an entry brought.
    private func said(_ paragraphs: Paragraphs) throws -> [StyledText] {
        var lines: [StyledText] = []
        if let content = try part { lines += paragraphs.wrap("\(content)") }
        if let occurred = step.entry.changes?[EntryNote.occurred], step.kind != nil {
            lines += paragraphs.wrap("Occurred: \(try values.text(occurred))")
        }
        if let reason = step.entry.changes?[EntryNote.reason], step.kind != nil {
            lines += paragraphs.wrap("Reason: \(try values.text(reason))")
        }
        return lines
    }

    /// The step for programs; the shape is described in `Docs/Json.md`.
    package var json: JSON {
        get throws {
            var members = try EntryHeadline(step.entry, book).json(step.kind).members
            let record = try step.entry.record.map { try book.reference($0) }
            members += [
                .init("record", JSON(record)), .init("title", .string(step.title)),
                .init("changed", .array(try step.changes.map(json))),
                .init("findings", .array(step.newFindings.map { .string($0.name) })),
                .init("settled", .array(try settled.map { try $0.json })),
                .init("clocks", try ClockText(book).json(of: step.entry.place)),
                .init(
                    "seen",
                    .object(seen.map { .init($0.callSign, .integer(Int(clamping: $0.upTo))) })),
            ]
            return .object(members)
        }
    }

    private func json(_ change: Replay.FieldChange) throws -> JSON {
        .object([
            .init("field", .string(change.field.name)),
            .init("before", JSON(try change.before.map { try text($0) })),
            .init("after", JSON(try change.after.map { try text($0) })),
            .init("disputed", .bool(change.after?.field.isDisputed == true)),
        ])
    }

    private var settled: [ConflictText] {
        get throws {
            guard let before = step.before else { return [] }
            return try step.settled.map { try ConflictText($0, of: before, in: book) }
        }
    }

    /// What an entry says that it settles, where that was settled when it came; nil for any other.
    private var settledBefore: String? {
        get throws {
            guard step.settled.isEmpty, step.kind != nil else { return nil }
            let names = try EntryNotes(step.entry.changes ?? [:]).settles.map {
                try book.entryName($0)
            }
            guard names.isEmpty == false else { return nil }
            return "Settles what \(names.listed) said, and nothing was open of it."
        }
    }

    private func text(_ reading: FieldReading?) throws -> String {
        guard let reading else { return "nothing" }
        let reads = try reading.suspended ?? values.text(reading.field)
        return reading.field.isDisputed ? "\(reads) (disputed)" : reads
    }

    /// The words of a part that was added, which the count in the field does not show.
    private var part: String? {
        get throws {
            guard let kind = step.kind else { return nil }
            let texts = try kind.fields.compactMap { field -> String? in
                guard let change = step.entry.changes?[field.name],
                    case .parts(let acts)? = Change(change, of: field),
                    case .added(let content)? = acts.first
                else { return nil }
                return "\"\(try values.text(content.encoded))\""
            }
            return texts.isEmpty ? nil : texts.joined(separator: " ")
        }
    }

    private var seenText: String {
        guard seen.isEmpty == false else { return "had seen no other device" }
        return "had seen " + seen.map { "\($0.callSign) to \($0.upTo)" }.joined(separator: ", ")
    }
}

extension JSON {
    /// An object's members; none for anything else.
    var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }
}
