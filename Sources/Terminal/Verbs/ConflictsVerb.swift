// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections
import Queries
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
        let book = try session.book(invocation)
        let limit = max(1, invocation.integer("limit") ?? 50)
        let items = try book.work(limit: limit)
        let table = try WorkTable(items, in: book).table
        let (conflicts, findings) = try book.workCount()
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("conflicts", JSON(conflicts)), .init("findings", JSON(findings)),
                    .init("forks", JSON(try book.forks().count)),
                    .init("roster", RosterText(book).json),
                    .init("items", table.json),
                ]))
            return .done
        }
        for fork in try book.forks() {
            let name = book.logs.index(of: fork.log).map { book.callSign(of: $0) } ?? "a device"
            session.console.print(
                prose:
                    "Two signed histories of \(name, .reference) are about: its device was cloned, "
                    + "or put back and used on. 'beatbook verify' tells more.")
        }
        for sentence in RosterText(book).sentences { session.console.print(prose: "\(sentence)") }
        guard items.isEmpty == false else {
            if try book.forks().isEmpty, book.roster.findings.isEmpty {
                session.console.print(prose: "Nothing waits for a person.")
            }
            return .done
        }
        session.console.print(table: table)
        session.console.print()
        session.console.print(
            prose: "\(conflicts + findings) in all. 'beatbook show REF' tells more; "
                + "'beatbook resolve REF FIELD VALUE' settles one.")
        return .done
    }
}
