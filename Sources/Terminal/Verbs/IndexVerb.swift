// SPDX-License-Identifier: MIT
import Basics
import Projections
import Queries
import Replicas
import Reports

/// `beatbook index rebuild`: the index anew, from the logs alone.
enum IndexVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration("index", "Look after the index").holding([
                VerbDeclaration("rebuild", "Make the index anew from the logs")
            ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let replica = try session.replica(writing: "index rebuild", replacesIndex: true)
        let summary = try session.console.showingProgress("Making the index", total: nil) { _ in
            try replica.freshIndex()
        }
        session.console.noteDone("The index was made anew")
        session.say(replica.remarks)
        let entries = summary.read.values.reduce(0) { $0 + $1.all }
        let digest = try replica.book.stateDigest().bytes.hex
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("entries", JSON(entries)), .init("records", JSON(summary.recordsTouched)),
                    .init("digest", .string(digest)),
                ]))
        } else {
            session.console.print(
                "The index was made anew: \(summary.recordsTouched) "
                    + "\(summary.recordsTouched == 1 ? "record" : "records") from \(entries) "
                    + "entries."
            )
            session.console.print("State digest:  \(digest)")
        }
        return .done
    }
}
