// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook verify`: every byte.
enum VerifyVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "verify", "Check every chain, seal, body and base, and give the reading seal"
            ).explained(
                """
                Reads every log from its first byte to its last, then folds all of them afresh and \
                compares the index, from which lists and pages are read, with what comes of it. \
                Two people whose books hold the same get the same words for the reading seal: \
                compare them by phone. Exits with 3 if anything needs a look.
                """),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let replica = try session.replica()
        let verification = try session.console.showingProgress("Checking logs", total: nil) { _ in
            try replica.verify()
        }
        let book = replica.book
        let words = try verification.isIndexRight ? readingWords(book) : nil
        let page = try VerificationPage(
            verification, book,
            lost: try naming(replica, isOwn: true), missing: try naming(replica, isOwn: false))
        if session.isJSON {
            session.console.print(json: page.json(words))
        } else {
            session.console.print(table: page.table)
            for line in page.findings { session.console.print(prose: "\(line, .warning)") }
            for line in page.notes { session.console.print(prose: "\(line)") }
            session.console.print()
            session.console.print(prose: page.verdict)
            if let words {
                session.console.print("State digest:  \(words.digest)")
                session.console.print("Reading seal:  \(words.seal, .good)")
            } else {
                session.console.print(
                    prose: """
                        There are no words to compare: what is read here is not what the logs here \
                        say.
                        """)
            }
        }
        return page.isClean ? .done : .findings
    }

    /// What is lost, as a sentence begins.
    private static func naming(_ replica: Replica, isOwn: Bool) throws -> String? {
        let lost = try replica.lostEntries.filter { $0.isOwn == isOwn }
        return lost.isEmpty ? nil : replica.naming(lost)
    }

    private static func readingWords(_ book: Book) throws -> ReadingWords {
        ReadingWords(
            digest: try book.stateDigest().bytes.hex, seal: Words.line(book.readingSeal().bytes))
    }
}
