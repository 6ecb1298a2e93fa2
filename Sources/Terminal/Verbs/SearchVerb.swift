// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries
import Reports

/// `beatbook search WORDS`.
enum SearchVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "search", "Find records by words in them, or the beginnings of words",
                [ArgumentDeclaration("words", "All of them must be there.", count: .oneOrMore)],
                options: [
                    .value("limit", "At most so many places; 50 if it is left out.", .integer)
                ] + Reading.options),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let book = try session.book(invocation, isSearched: true)
        let words = invocation.texts("words").joined(separator: " ")
        guard words.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw Rejection(
                "There is no letter and no figure in what is to be searched for.",
                advice: "Give a word of the record, or its beginning.")
        }
        let limit = max(1, invocation.integer("limit") ?? 50)
        let asked = limit == .max ? limit : limit + 1
        let hits = try book.search(words, limit: asked)
        let found = hits.prefix(limit)
        var table = Table([
            .init("reference", "Ref"), .init("kind", "Kind"),
            .init("title", "Title", .truncated(minimum: 16)), .init("status", "Status"),
            .init("entry", "Found in"),
        ])
        for hit in found {
            guard let summary = try book.summary(hit.record) else { continue }
            table.append([
                .init(summary.reference, .reference), .init(summary.kind.name),
                .init(summary.title), .init(summary.status), .init(place(hit, book)),
            ])
        }
        if session.isJSON {
            session.console.print(json: table.json)
        } else if table.isEmpty {
            session.console.print(prose: "Nothing in this book has all of these words.")
        } else {
            session.console.print(table: table)
            if hits.count > limit {
                session.console.print()
                session.console.print(
                    prose: """
                        More places have these words: give more of them, or a larger --limit.
                        """)
            }
        }
        return .done
    }

    private static func place(_ hit: SearchHit, _ book: Book) -> String {
        switch hit.place {
        case .name: "its name"
        case .fields: "its fields"
        case .entry(let entry): book.entryName(entry)
        }
    }
}
