// SPDX-License-Identifier: MIT
import Events
import Merging
import Projections
import Reports

/// `beatbook show RECORD`.
enum ShowVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "show", "Show a record: what it says, what is disputed, what was done",
                [
                    ArgumentDeclaration(
                        "record", "A reference such as W07-15 or thanet-2014/13.", .record(kind: "")
                    )
                ], options: Reading.options),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let (view, book) = try session.record(invocation)
        let page = try RecordPage(view, in: book)
        if session.isJSON {
            session.console.print(json: try page.json)
        } else {
            session.console.print(lines: page.lines(width: session.console.width))
        }
        return .done
    }
}
