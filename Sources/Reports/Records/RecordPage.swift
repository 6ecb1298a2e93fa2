// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
package import Projections
package import Queries

/// One record as a page: what it reads, what is disputed, what was done.
package struct RecordPage {
    let book: Book
    let view: RecordView
    let values: ValueText
    private let reference: String
    private let parts: [PartView]
    /// Entries on the record whose bodies cannot be read here.
    private let bodiless: [EntryReport]

    /// Reads what the page needs. Shows the record as it is in `book`.
    package init(_ view: RecordView, in book: Book) throws {
        self.book = book
        self.view = view
        values = ValueText(book)
        reference = try book.reference(view.place)
        parts = try book.parts(of: view.place)
        bodiless = try book.entries(of: view.place).filter(\.isBodyAbsent)
    }

    package func lines(width: Int) throws -> [StyledText] {
        var lines: [StyledText] = ["\(reference, .reference)  \(view.title, .strong)"]
        lines += LabelledList(width: width, indent: 2).lines(try items)
        for conflict in view.conflicts {
            lines += try ConflictText(conflict, of: view, in: book).lines(width: width)
        }
        for field in view.kind.fields where field.family == .entries {
            lines += try list(of: field, width: width)
        }
        return lines + notHere(width: width)
    }

    /// Says which entries are not in what the page shows, or not in full.
    private func notHere(width: Int) -> [StyledText] {
        let isRotten = bodiless.contains(where: \.isBodyRotten)
        guard bodiless.isEmpty == false else { return [] }
        let names = bodiless.prefix(5).map { book.entryName($0.place) }.joined(separator: ", ")
        let more = bodiless.count > 5 ? " and \(bodiless.count - 5) more" : ""
        let what =
            isRotten ? "is not here, or is damaged on this disk and not shown" : "is not here"
        return [""]
            + Paragraphs(width: width, firstIndent: 2, indent: 2).wrap(
                """
                \("What \(names)\(more) says \(what).", .warning) \
                'beatbook sync FOLDER --thorough', or a merge of any good copy, brings it back.
                """
            )
    }

    private var items: [LabelledList.Item] {
        get throws {
            [LabelledList.Item("Record", "\(view.kind.name)")]
                + (try view.fields.compactMap { try item($0) })
        }
    }

    /// Nil for what stands elsewhere on the page, and for what says nothing.
    private func item(_ field: FieldView) throws -> LabelledList.Item? {
        let declared = view.kind.fields[field.index]
        guard declared.name != view.kind.title, declared.family != .entries else { return nil }
        if case .registers(let registers) = field.content, registers.count == 1,
            registers[0].shown.isNull, registers[0].isDisputed == false
        {
            return nil
        }
        let isStatus = declared.name == view.kind.status && view.suspended != nil
        let text = isStatus ? view.status : try values.text(field)
        let style: Style = field.isDisputed || isStatus ? .warning : .plain
        let mark: StyledText = field.isDisputed ? "  \("disputed", .warning)" : ""
        return LabelledList.Item("\(declared.label)", StyledText(text, style) + mark)
    }

    private func list(of field: Field, width: Int) throws -> [StyledText] {
        let own = parts.filter { $0.field == field }
        guard own.isEmpty == false else { return [] }
        var lines: [StyledText] = ["", "  \(field.label, .strong)"]
        for part in own {
            let when = part.occurred ?? Dates.shown(part.time.milliseconds)
            let head: StyledText =
                "\(when)  \(book.entryName(part.entry), .reference)  "
                + "\(try values.author(part.entry.log), .faint)"
            lines.append("    " + head)
            lines += Paragraphs(width: width, firstIndent: 6, indent: 6).wrap(try text(part))
        }
        return lines
    }

    private func text(_ part: PartView) throws -> StyledText {
        let content = try values.text(part.content)
        switch part.standing {
        case .counts: return "\(content)"
        case .void: return "\("void:", .faint) \(content, .faint)"
        case .corrected(let new): return "\(try values.text(new)) \("(was: \(content))", .faint)"
        case .disputed:
            return "\(content) \("(disputed, and left out of counts)", .warning)"
        }
    }
}
