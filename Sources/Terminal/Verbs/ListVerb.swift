// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Replicas
import Reports

/// `beatbook list KIND`.
enum ListVerb {
    static let name = "list"

    private static let options: [OptionDeclaration] =
        [
            .flag("open", "Only what is not finished."),
            .flag("closed", "Only what is finished."),
            .value(
                "where",
                "Only records whose field reads so: risk=high, \"due<today\", \"title~bins\", "
                    + "\"status in opened,active\"."
            ).showing("CONDITION").repeating(),
            .value("sort", "By a field; -FIELD for the last first.").showing("FIELD"),
            .value("columns", "Which fields to show, such as status,due.").showing("FIELDS"),
            .value("count-by", "How many read what in this field.").showing("FIELD"),
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
        try checkOptions(invocation)
        var filter = RecordFilter()
        filter.kind = kind
        if invocation.has("open") { filter.isOpen = true }
        if invocation.has("closed") { filter.isOpen = false }
        if invocation.has("all") || invocation.has("csv") { filter.limit = .max }
        if let limit = invocation.integer("limit") { filter.limit = limit }
        let replica = try session.replica()
        let book = try session.book(invocation, of: replica)
        let conditions = ListConditions(on: kind, in: book, session, me: try replica.holderName)
        filter.conditions = try invocation.texts("where").map { try conditions.condition($0) }
        if let said = invocation.text("sort") {
            let isDescending = said.hasPrefix("-")
            let field = try conditions.field(isDescending ? String(said.dropFirst()) : said)
            filter.order = .init(try listable(field).name, isDescending: isDescending)
        }
        if let name = invocation.text("count-by") {
            return try count(by: try conditions.field(name), filter, book, invocation, session)
        }
        let (records, total) = try book.list(filter)
        let columns = try invocation.text("columns")?.split(separator: ",").map {
            try conditions.field(String($0))
        }
        let list = try RecordTable(
            records, kind: filter.kind, columns: columns,
            isWhole: session.isJSON || invocation.has("csv"), in: book)
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

    /// What cannot be had together is refused: nothing that was asked for is left undone unsaid.
    private static func checkOptions(_ invocation: Invocation) throws(Rejection) {
        let both = [
            ("open", "closed"), ("all", "limit"), ("count-by", "sort"), ("count-by", "columns"),
            ("count-by", "limit"),
        ].first { invocation.has($0) && invocation.has($1) }
        if let (one, other) = both {
            throw Rejection(
                "--\(one) and --\(other) do not go together.", advice: "Give one of them.")
        }
        if let limit = invocation.integer("limit"), limit < 1 {
            throw Rejection("--limit takes one or more.", advice: "Nothing was listed.")
        }
    }

    private static func listable(_ field: Field) throws(Rejection) -> Field {
        switch field.family {
        case .latest, .cautious, .standing: return field
        case .reading, .set, .tally, .entries:
            throw Rejection(
                "'\(field.name)' says several things, which have no order.",
                advice: "Sort by a field that says one.")
        }
    }

    private static func count(
        by field: Field, _ filter: RecordFilter, _ book: Book, _ invocation: Invocation,
        _ session: Session
    ) throws -> ExitCode {
        guard let kind = filter.kind else {
            throw Rejection(
                "Records of several kinds are not counted by a field.",
                advice: "Name the kind: 'beatbook list case --count-by ward'.")
        }
        guard field.family != .entries else {
            throw Rejection(
                "'\(field.name)' holds texts, which are not counted by what they say.",
                advice: "Count by a field with a value.")
        }
        let counts = try book.counts(by: field, of: kind, filter)
        if session.isJSON {
            let items = counts.map { item in
                JSON.object([
                    .init("value", .string(item.value)), .init("count", JSON(item.count)),
                ])
            }
            var none = filter
            none.limit = 0
            let total = try book.list(none).total
            session.console.print(
                json: .object([.init("total", JSON(total)), .init("counts", .array(items))]))
            return .done
        }
        guard counts.isEmpty == false else {
            session.console.print(prose: "There are no such \(kind.plural) in this book.")
            return .done
        }
        let table = countTable(counts, field)
        if invocation.has("csv") {
            session.console.write(document: table.csv)
        } else {
            session.console.print(table: table)
        }
        return .done
    }

    private static func countTable(
        _ counts: [(value: String, count: Int)], _ field: Field
    ) -> Table {
        var table = Table([
            .init(field.name, field.label, .truncated(minimum: 16)),
            .init("records", "Records", alignment: .right),
        ])
        for item in counts {
            table.append([.init(item.value.isEmpty ? "-" : item.value), .init(item.count)])
        }
        return table
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
        let order = filter.order == nil ? ", the last written to first" : ""
        session.console.print(
            prose: "\(shown) of \(total) \(what)\(order); --all shows the rest.")
    }
}
