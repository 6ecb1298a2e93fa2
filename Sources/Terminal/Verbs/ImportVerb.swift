// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Logs
import Projections
import Queries
import Replicas
import Reports

/// `beatbook KIND import FILE`: one record a row, columns by their headers.
enum ImportVerb {
    static let name = "import"

    static let mapOption = OptionDeclaration.value(
        "map", "Which field a column goes to; nothing after the '=' leaves it out.", .pair
    ).showing("COLUMN=FIELD").repeating()

    static let fileArgument = ArgumentDeclaration(
        "file", "A CSV file with a header, in UTF-8.", .file)

    static func declaration(_ kind: Kind) -> VerbDeclaration {
        VerbDeclaration(
            name, "Add \(kind.plural) from a CSV file", [fileArgument], options: [mapOption])
    }

    static func run(_ kind: Kind, _ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let table = try table(invocation, session)
        let replica = try session.replica(writing: invocation.path.joined(separator: " "))
        let author = try replica.author(today: session.today)
        try check(author, mayCreate: kind)
        let outcome = try CSVImport(kind, by: author, mapping: mapping(invocation))
            .read(table, CSVImport.Extras())
        let recorded = try session.record(outcome.events, in: replica, once: "imported")
        guard recorded.trouble == nil else {
            Outcome(replica, session).reportWithoutIndex(recorded)
            return .done
        }
        let count = recorded.entries.count
        let what = "\(count) \(count == 1 ? kind.name : kind.plural) added"
        report(outcome, what, session)
        return .done
    }

    /// One sentence before any row is read, rather than one a row.
    static func check(_ author: DecisionContext, mayCreate kind: Kind) throws(Rejection) {
        let fields = kind.fields.filter { $0.name == kind.title || $0.name == kind.alias }
        guard fields.contains(where: { $0.writers.allows(author.role) == false }) else { return }
        throw Rejection(
            "Only a coordinator adds \(kind.plural).",
            advice: "Ask your coordinator; nothing was written.")
    }

    static func table(_ invocation: Invocation, _ session: Session) throws -> CSVTable {
        let bytes = try session.surroundings.files.read(
            invocation.required("file"), limit: CSVTable.sizeLimitBytes)
        do throws(CSVError) { return try CSVTable(bytes) } catch { throw error.rejection }
    }

    static func mapping(_ invocation: Invocation) -> [String: String] {
        Dictionary(invocation.pairs("map").map { ($0.left, $0.right) }) { _, last in last }
    }

    /// Says what was added, which column went where, and what found no place.
    static func report(
        _ outcome: CSVImport.Outcome, _ what: String, _ session: Session,
        _ more: [JSON.Member] = []
    ) {
        if session.isJSON {
            session.console.print(
                json: .object(
                    more + [
                        .init("records", JSON(outcome.events.count)),
                        .init("placed", .array(outcome.placed.map { .string($0) })),
                        .init("unplaced", .array(outcome.unplaced.map { .string($0) })),
                        .init("remarks", .array(outcome.remarks.map { .string($0) })),
                    ]))
            return
        }
        let console = session.console
        console.print("\(what, .good).")
        console.print(prose: "Columns placed: \(outcome.placed.joined(separator: ", ")).")
        for remark in outcome.remarks { console.print(prose: "\(remark)") }
        guard outcome.unplaced.isEmpty == false else { return }
        console.print(
            prose: """
                \("Not placed:", .warning) \(outcome.unplaced.listed). What stands there was left \
                out. The records stand: do not import this file again. For the next one, --map \
                COLUMN=FIELD says where a column goes.
                """)
    }
}
