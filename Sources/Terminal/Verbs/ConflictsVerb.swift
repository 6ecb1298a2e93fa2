// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook conflicts`: what waits for a person.
enum ConflictsVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "conflicts", "Show what waits for a person, the most urgent first", [],
                options: [
                    .value("limit", "At most so many; 50 if it is left out.", .integer)
                ] + Reading.options),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let replica = try session.replica()
        let book = try session.book(invocation, of: replica)
        let limit = max(1, invocation.integer("limit") ?? 50)
        let items = try WorkTable(try book.work(limit: limit), in: book)
        let count = try book.workCount()
        if session.isJSON {
            session.console.print(
                json: .object(
                    count.members + [
                        .init(
                            "histories", .array(try book.forks().map { ForkText($0, book).json })),
                        .init("roster", RosterText(book).json), .init("items", try items.json),
                    ]))
            return .done
        }
        for fork in try book.forks() {
            session.console.print(prose: "\(ForkText(fork, book).summary)")
        }
        for sentence in RosterText(book).sentences { session.console.print(prose: "\(sentence)") }
        let waiting = count.conflicts + count.findings
        guard waiting > 0 else {
            if count.all == 0 { session.console.print(prose: "Nothing waits for a person.") }
            return .done
        }
        session.console.print(table: try items.table)
        session.console.print()
        let settling = settling(replica.book.roster.device(replica.device.key)?.role)
        session.console.print(
            prose: """
                \(waiting) in all. 'beatbook show REF' tells what each side says and who may \
                settle it. \(settling)\(items.hasCounts ? counting : "")
                """)
        return .done
    }

    private static let counting = " A count is put right as 'beatbook show REF' says."

    /// How one is settled, for who asks.
    private static func settling(_ role: Role?) -> String {
        switch role {
        case .lead?, .coordinator?:
            "'beatbook resolve REF FIELD VALUE --reason WHY' settles one."
        case .field?:
            """
            Where field staff may, 'beatbook resolve REF FIELD VALUE --reason WHY' settles one; \
            ask a coordinator about the others.
            """
        case .auditor?, nil: "Coordinators settle them; field staff may settle some."
        }
    }
}

extension WorkCount {
    /// What waits, for programs: the same keys wherever it is counted.
    var members: [JSON.Member] {
        [
            .init("conflicts", JSON(conflicts)), .init("findings", JSON(findings)),
            .init("forks", JSON(forks)), .init("rosterFindings", JSON(rosterFindings)),
        ]
    }

    /// How much waits for a person: `2 conflicts and 1 finding`.
    var text: String {
        let onRoster = "on who is let in"
        let parts = [
            (conflicts, "conflict", "conflicts"), (findings, "finding", "findings"),
            (forks, "fork", "forks"),
            (rosterFindings, "finding \(onRoster)", "findings \(onRoster)"),
        ].filter { $0.0 > 0 }.map { count, one, several in
            "\(count) \(count == 1 ? one : several)"
        }
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "nothing" }
        return "\(parts.dropLast().joined(separator: ", ")) and \(last)"
    }
}
