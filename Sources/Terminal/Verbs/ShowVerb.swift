// SPDX-License-Identifier: MIT
import Events
import Merging
import Projections
import Queries
import Reports

/// `beatbook show RECORD`.
enum ShowVerb {
    static let name = "show"

    /// The same below a kind: `beatbook case show W07-15`.
    static func declaration(_ kind: Kind) -> VerbDeclaration {
        VerbDeclaration(
            name, "Show a record",
            [ArgumentDeclaration("record", "Which \(kind.name).", .record(kind: kind.name))],
            options: Reading.options)
    }

    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "show", "Show a record: what it says, what is disputed, what was done",
                [
                    ArgumentDeclaration(
                        "record", "A reference such as W07-15 or thanet-2014/13.", .record(kind: "")
                    )
                ], options: Reading.options),
            run: { invocation, session in try run(invocation, session) })
    }

    static func run(
        _ invocation: Invocation, _ session: Session, of kind: Kind? = nil
    ) throws -> ExitCode {
        let (view, book) = try session.record(invocation, of: kind)
        let page = try RecordPage(view, in: book)
        if session.isJSON {
            session.console.print(json: try page.json)
        } else {
            session.console.print(lines: try page.lines(width: session.console.width))
        }
        return .done
    }
}
