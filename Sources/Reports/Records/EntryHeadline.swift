// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Merging
import Projections
package import Queries

/// An entry in a line: when, which, what, who.
package struct EntryHeadline {
    private let entry: EntryReport
    private let book: Book

    package init(_ entry: EntryReport, _ book: Book) {
        self.entry = entry
        self.book = book
    }

    package func lines(width: Int, indent: Int) throws(Failure) -> [StyledText] {
        let who = try ValueText(book).author(entry.place.log)
        let head: StyledText =
            "\(Dates.shown(entry.time.milliseconds))  "
            + "\(book.entryName(entry.place), .reference)  \(entry.type, .strong)  \(who, .faint)"
        var lines = Paragraphs(width: width, firstIndent: indent, indent: indent + 2).wrap(head)
        if let aside = entry.aside {
            lines += Paragraphs(width: width, firstIndent: indent + 2, indent: indent + 2).wrap(
                "\("set aside:", .warning) \(aside.sentence)")
        }
        if let again = entry.again {
            lines += Paragraphs(width: width, firstIndent: indent + 2, indent: indent + 2).wrap(
                "recorded again of \(book.entryName(again), .reference), which counts")
        }
        return lines
    }

    package func json(_ kind: Kind?) throws -> JSON {
        let values = ValueText(book)
        let changes = (entry.changes ?? [:]).sorted { $0.key < $1.key }
        return .object([
            .init("entry", .string(book.entryName(entry.place))),
            .init("time", .string(Dates.iso8601(entry.time.milliseconds))),
            .init("type", .string(entry.type)),
            .init("device", .string(book.callSign(of: entry.place.log))),
            .init("holder", .string(try book.holderName(of: entry.place.log))),
            .init("changes", .object(try changes.map { .init($0.key, try values.json($0.value)) })),
            .init("settles", .array(try settles().map { .string($0) })),
            .init("setAside", JSON(entry.aside?.rawValue)),
            .init("again", JSON(entry.again.map { book.entryName($0) })),
            .init(
                "body",
                JSON(entry.isBodyRotten ? "damaged" : entry.isBodyAbsent ? "absent" : nil)),
        ])
    }

    /// The entries between which this one says that it settles, as people say them.
    private func settles() throws -> [String] {
        try EntryNotes(entry.changes ?? [:]).settles.map { try book.entryName($0) }
    }
}

extension Book {
    /// An entry that another names with its history, as people say it: the start of the log's id
    /// stands for a log of which nothing is held.
    func entryName(_ pinned: PinnedEntry) throws(Failure) -> String {
        try place(of: pinned).map { entryName($0) }
            ?? "\(callSign(of: pinned.log))#\(pinned.seq), of another history"
    }
}
