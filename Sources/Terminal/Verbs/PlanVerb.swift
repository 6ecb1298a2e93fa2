// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook plan`: the verbs of plans, importing a printed plan, and showing one with its actions.
enum PlanVerb {
    static var verb: ProgramVerb {
        let kind = KindVerb(.plan)
        let options: [OptionDeclaration] = [
            .value("title", "The plan's title; the file's name if it is left out."),
            .value("ref", "What its actions are called after, such as thanet-2014."),
            .value("area", "The district."), .value("year", "The year, such as 2014/15."),
        ]
        let below =
            Kind.plan.verbs.map { kind.declaration($0) } + [
                ListVerb.declaration(.plan),
                VerbDeclaration(
                    "import", "Open a plan with the actions of a CSV file",
                    [ImportVerb.fileArgument], options: options + ImportVerb.options
                ).explained(
                    ImportVerb.explanation,
                    examples: [
                        .init(
                            "plan import plan.csv --ref thanet-2014 --map \"main partner=lead\"",
                            "Imports a plan whose actions are then called thanet-2014/1 and so on.")
                    ]),
                VerbDeclaration(
                    "show", "Show a plan and how its actions stand",
                    [ArgumentDeclaration("record", "Which plan.", .record(kind: "plan"))],
                    options: Reading.options),
            ]
        let declaration = VerbDeclaration("plan", "Record \(Kind.plan.summary)").holding(below)
        return ProgramVerb(declaration: declaration) { invocation, session in
            switch invocation.path.last {
            case "import": try importPlan(invocation, session)
            case "show": try show(invocation, session)
            default: try kind.run(invocation, session)
            }
        }
    }

    private static func importPlan(
        _ invocation: Invocation, _ session: Session
    ) throws -> ExitCode {
        let file = try ImportFile(invocation, session)
        let replica = try session.replica(writing: "plan import")
        let author = try replica.author(today: session.today)
        try ImportVerb.check(author, mayCreate: .plan)
        let name = stem(invocation.required("file"))
        let reference = invocation.text("ref") ?? name
        var writing = try ImportWriting(replica, session, file, as: "plan \(reference)")
        let begun = try begun(reference, writing, replica)
        let extras = CSVImport.Extras(
            referencePrefix: "\(reference)/",
            link: (field: "plan", owner: begun.map { .record($0) } ?? .event(0)),
            written: Set(writing.written), known: replica.book.lookUp(.action))
        var outcome = try CSVImport(.action, by: author, as: file.wish, extras).read(file.table)
        if begun == nil {
            outcome.events.insert(try plan(invocation, reference, name, by: author), at: 0)
        }
        writing.owner = (.plan, reference, begun == nil)
        return try writing.write(outcome, of: .action)
    }

    /// The plan that the same import opened before it was stopped, or that is to be brought up to
    /// the file; nil if there is none so called.
    private static func begun(
        _ reference: String, _ writing: ImportWriting, _ replica: Replica
    ) throws -> EntryID? {
        let book = replica.book
        guard try book.isTaken(reference, by: .plan) else { return nil }
        let plan = book.logs.entry(at: try book.find(reference, kind: .plan))
        guard writing.file.isAgain || writing.written.contains(plan) else {
            throw Rejection(
                "There is a plan called '\(reference)' in this book already.",
                advice: """
                    Say --again to bring its actions up to this file, or --ref with another name; \
                    nothing was written.
                    """)
        }
        return plan
    }

    private static func plan(
        _ invocation: Invocation, _ reference: String, _ name: String, by author: DecisionContext
    ) throws(Rejection) -> Event {
        guard let verb = Kind.plan.verbs.first(where: \.creates) else {
            preconditionFailure("plans can be opened")
        }
        let texts = [
            "title": invocation.text("title") ?? name, "ref": reference,
            "area": invocation.text("area"), "year": invocation.text("year"),
        ]
        let given = verb.inputs.compactMap { input in
            (texts[input.field] ?? nil).map { Command.Given(input, [$0]) }
        }
        let wish = Command(.plan, verb, on: nil, values: given, notes: Command.Notes())
        return try Decider(author).decide(wish).events[0]
    }

    /// A file's name without its folder and ending, and without `-actions`.
    private static func stem(_ path: String) -> String {
        var name = path.pathName
        if let dot = name.lastIndex(of: ".") { name = String(name[..<dot]) }
        if name.hasSuffix("-actions") { name.removeLast("-actions".count) }
        return name.replacing(" ", with: "-")
    }

    private static func show(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let (view, book) = try session.record(invocation, of: .plan)
        let page = try RecordPage(view, in: book)
        var filter = RecordFilter()
        filter.kind = .action
        filter.conditions = [
            RecordCondition("plan", .equals, [.record(book.logs.entry(at: view.place))])
        ]
        filter.limit = .max
        let actions = try book.list(filter).records.sorted { left, right in
            CanonicalOrder(book.logs).precedes(left.place, right.place)
        }
        let table = try RecordTable(actions, kind: .action, in: book)
        if session.isJSON {
            session.console.print(
                json: .object([.init("plan", try page.json), .init("actions", try table.json)]))
            return .done
        }
        session.console.print(lines: try page.lines(width: session.console.width))
        session.console.print()
        session.console.print(table: table.table)
        session.console.print()
        session.console.print(prose: "\(counts(actions))")
        return .done
    }

    /// How many actions there are in each status; disputed ones are told apart.
    private static func counts(_ actions: [RecordSummary]) -> String {
        var counts: [String: Int] = [:]
        var disputed = 0
        for action in actions {
            counts[action.status, default: 0] += 1
            if action.conflicts > 0 { disputed += 1 }
        }
        let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let more = disputed > 0 ? "; \(disputed) of them disputed" : ""
        let what = actions.count == 1 ? "action" : "actions"
        return "\(actions.count) \(what): \(parts.joined(separator: ", "))\(more)."
    }
}
