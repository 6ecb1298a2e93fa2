// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
package import Projections
package import Queries

/// Where each value of a record comes from, and everything that was ever written to it.
package struct HistoryPage {
    private let book: Book
    private let view: RecordView
    private let entries: [EntryReport]
    private let values: ValueText

    package init(_ view: RecordView, in book: Book) throws {
        self.book = book
        self.view = view
        entries = try book.entries(of: view.place)
        values = ValueText(book)
    }

    package func lines(width: Int) throws -> [StyledText] {
        var lines: [StyledText] = [
            "\(try book.reference(view.place), .reference)  \(view.title, .strong)", "",
            "  \("Where each value comes from", .strong)",
        ]
        lines += LabelledList(width: width, indent: 4).lines(try sources)
        lines += ["", "  \("Entries, in the order of their times", .strong)"]
        for entry in entries { lines += try page(entry, width: width) }
        return lines
    }

    private var sources: [LabelledList.Item] {
        get throws { try view.fields.flatMap { try sources(of: $0) } }
    }

    private func sources(of field: FieldView) throws -> [LabelledList.Item] {
        let declared = view.kind.fields[field.index]
        switch field.content {
        case .registers(let registers): return try sources(of: registers, field, declared.label)
        case .set(let elements, _): return try sources(of: elements, in: declared)
        case .tally(let sums): return try sources(of: sums, in: declared)
        case .parts: return []
        }
    }

    /// Who put the elements into a set that are in it.
    private func sources(
        of elements: [EncodedValue], in field: Field
    ) throws -> [LabelledList.Item] {
        var writers: [String: [String]] = [:]
        for entry in counted {
            let added = try ChangeText(entry, values).elements(addedTo: field)
            guard added.isEmpty == false else { continue }
            let writer = try writer(entry)
            for text in Set(added) { writers[text, default: []].append(writer) }
        }
        return try elements.map { element in
            let text = try values.text(element.value)
            let names = (writers[text] ?? []).joined(separator: "; ")
            return LabelledList.Item("\(field.label)", "\(text): \(names)")
        }
    }

    /// How many entries make each count, and the last of them.
    private func sources(
        of sums: [FieldView.Sum], in field: Field
    ) throws -> [LabelledList.Item] {
        var writers: [String: (count: Int, last: EntryReport)] = [:]
        for entry in counted {
            guard
                case .counted(let amounts)? = entry.changes?[field.name].flatMap({
                    Change($0, of: field)
                })
            else { continue }
            for key in amounts.keys {
                writers[key] = ((writers[key]?.count ?? 0) + 1, entry)
            }
        }
        return try sums.compactMap { sum in
            guard let (count, last) = writers[sum.key] else { return nil }
            let which = count == 1 ? "" : "\(count) entries, the last "
            return LabelledList.Item(
                "\(field.label), \(sum.key)",
                "\(String(sum.value)): \(which)\(try writer(last))")
        }
    }

    private var counted: [EntryReport] {
        entries.filter(\.isFolded)
    }

    private func writer(_ entry: EntryReport) throws -> String {
        "\(book.entryName(entry.place)), \(try values.author(entry.place.log)), "
            + Dates.shown(entry.time.milliseconds)
    }

    private func sources(
        of registers: [FieldView.Register], _ field: FieldView, _ label: String
    ) throws -> [LabelledList.Item] {
        try registers.map { register in
            let key = register.key.isEmpty ? label : "\(label), \(register.key)"
            let live = register.live.sorted {
                CanonicalOrder(book.logs).precedes($0.place, $1.place)
            }
            let writers = try live.map { write in
                "\(try values.text(write.value.value)): \(book.entryName(write.place)), "
                    + "\(try values.author(write.place.log)), "
                    + Dates.shown(write.time.milliseconds)
            }.joined(separator: "; ")
            let suspended = view.reading(at: field.index)?.suspended
            let reads = try suspended ?? values.text(register.shown.value)
            let shown = "\(reads) "
            let text: StyledText
            if register.isDisputed {
                text = "\(shown, .warning)disputed between \(writers)"
            } else if suspended != nil {
                text = "\(shown, .warning)although \(writers)"
            } else {
                text = "\(writers)"
            }
            return LabelledList.Item("\(key)", text)
        }
    }

    private func page(_ entry: EntryReport, width: Int) throws -> [StyledText] {
        var lines = try EntryHeadline(entry, book).lines(width: width, indent: 4)
        // What it says is shown with the entry that it repeats.
        guard entry.again == nil else { return lines }
        for line in try ChangeText(entry, values).lines(view.kind) {
            lines += Paragraphs(width: width, firstIndent: 6, indent: 6).wrap(
                "\(line)" as StyledText)
        }
        return lines
    }

    /// The history for programs; the shape is described in `Docs/Json.md`.
    package var json: JSON {
        get throws { .array(try entries.map { try EntryHeadline($0, book).json(view.kind) }) }
    }
}
