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
        for field in view.conflicts { lines += try conflict(field, width: width) }
        for finding in view.findings {
            lines.append("")
            let rule = finding.rule.isEmpty ? "" : " (\(finding.rule))"
            lines += Paragraphs(width: width, firstIndent: 2, indent: 2).wrap(
                "\(finding.sentence, .warning)\(rule)")
            lines += Paragraphs(width: width, firstIndent: 4, indent: 4).wrap(
                """
                To settle it, decide what \(finding.field) shall read: \
                beatbook resolve \(reference) \(finding.field) VALUE --reason WHY
                """)
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
                \("What \(names)\(more) says \(what).", .warning) A sync or a merge of any good \
                copy brings it back.
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

    private func conflict(_ field: FieldView, width: Int) throws -> [StyledText] {
        let declared = view.kind.fields[field.index]
        var lines: [StyledText] = [""]
        if case .parts = field.content {
            return lines
                + Paragraphs(width: width).wrap(
                    "\(declared.label, .warning): one of them was voided and corrected by people "
                        + "who "
                        + "had not seen each other. To settle it, void or correct it again.")
        }
        guard case .registers(let registers) = field.content else {
            lines += Paragraphs(width: width, firstIndent: 2, indent: 2).wrap(
                "\(declared.label, .warning): people who had not seen each other added to it.")
            lines += settle(declared, "", width: width)
            return lines
        }
        for register in registers where register.isDisputed {
            let key = register.key.isEmpty ? "" : " (\(register.key))"
            lines += Paragraphs(width: width, firstIndent: 2, indent: 2).wrap(
                "\(declared.label, .warning)\(key) is disputed: it reads "
                    + "\(try values.text(register.shown.value), .strong) until someone decides.")
            for write in register.live {
                let when = Dates.shown(write.time.milliseconds)
                let who = values.author(write.place.log)
                let line: StyledText =
                    "    \(try values.text(write.value.value))  "
                    + "\("\(who)  \(when)  \(book.entryName(write.place))", .faint)"
                lines.append(line)
            }
            lines += settle(declared, register.key, width: width)
        }
        return lines
    }

    private func settle(_ field: Field, _ key: String, width: Int) -> [StyledText] {
        let name = key.isEmpty ? field.name : "'\(field.name):\(key)'"
        return Paragraphs(width: width, firstIndent: 4, indent: 4).wrap(
            "To settle it: beatbook resolve \(reference) \(name) VALUE --reason WHY")
    }

    private func list(of field: Field, width: Int) throws -> [StyledText] {
        let own = parts.filter { $0.field == field }
        guard own.isEmpty == false else { return [] }
        var lines: [StyledText] = ["", "  \(field.label, .strong)"]
        for part in own {
            let when = part.occurred ?? Dates.shown(part.time.milliseconds)
            let head: StyledText =
                "\(when)  \(book.entryName(part.entry), .reference)  "
                + "\(values.author(part.entry.log), .faint)"
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
            return "\(content) \("disputed: voided and corrected, left out of counts", .warning)"
        }
    }
}
