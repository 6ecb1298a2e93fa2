// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Reports

/// `beatbook list KIND`.
enum ListVerb {
    static let name = "list"

    private static let options: [OptionDeclaration] =
        [
            .flag("open", "Only what is not finished."),
            .flag("closed", "Only what is finished."),
            .value("where", "Only records whose field reads so.", .pair).showing("FIELD=VALUE")
                .repeating(),
            .value("limit", "At most so many; 50 if it is left out.", .integer),
            .flag("all", "All of them."),
            .flag("csv", "Print a CSV table."),
        ] + Reading.options

    private static let summary = "List records, the last written to first"

    static func verb(_ vocabulary: Vocabulary) -> ProgramVerb {
        let kinds = vocabulary.kinds.map { ValueKind.Choice($0.name, $0.summary) }
        let declaration = VerbDeclaration(
            name, summary,
            [ArgumentDeclaration("kind", "What to list.", .choices(kinds), count: .optional)],
            options: options)
        return ProgramVerb(declaration: declaration) { invocation, session in
            try run(invocation, session, invocation.text("kind").flatMap { vocabulary.kind($0) })
        }
    }

    /// The same below a kind: `beatbook case list`.
    static func declaration(_ kind: Kind) -> VerbDeclaration {
        VerbDeclaration(name, summary, [], options: options)
    }

    static func run(
        _ invocation: Invocation, _ session: Session, _ kind: Kind?
    ) throws -> ExitCode {
        var filter = RecordFilter()
        filter.kind = kind
        if invocation.has("open") { filter.isOpen = true }
        if invocation.has("closed") { filter.isOpen = false }
        for (field, value) in invocation.pairs("where") {
            try check(field, filter.kind)
            filter.values[field] = value
        }
        if let limit = invocation.integer("limit") { filter.limit = max(0, limit) }
        if invocation.has("all") || invocation.has("csv") { filter.limit = .max }
        let book = try session.book(invocation)
        let (records, total) = try book.list(filter)
        let list = try RecordTable(records, kind: filter.kind, in: book)
        let table = list.table
        if session.isJSON {
            session.console.print(
                json: .object([.init("total", JSON(total)), .init("records", try list.json)]))
        } else if invocation.has("csv") {
            session.console.write(document: table.csv)
        } else {
            say(table, records.count, total, filter, session)
        }
        return .done
    }

    private static func check(_ field: String, _ kind: Kind?) throws(Rejection) {
        guard let kind, kind.field(field) == nil else { return }
        throw Rejection(
            "No \(kind.name) has a field '\(field)'.",
            advice: "Their fields are: \(kind.fields.map(\.name).joined(separator: ", ")).")
    }

    private static func say(
        _ table: Table, _ shown: Int, _ total: Int, _ filter: RecordFilter, _ session: Session
    ) {
        let what = filter.kind?.plural ?? "records"
        guard total > 0 else {
            session.console.print(prose: "There are no such \(what) in this book.")
            return
        }
        session.console.print(table: table)
        guard shown < total else { return }
        session.console.print()
        session.console.print(
            prose: "\(shown) of \(total) \(what), the last written to first; --all shows the rest.")
    }
}
