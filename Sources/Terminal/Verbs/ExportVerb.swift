// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections
import Queries
import Replicas
import Reports

/// `beatbook export sqlite FILE`: the views of a book as tables of a database of its own.
enum ExportVerb {
    static var verb: ProgramVerb {
        let sqlite = VerbDeclaration(
            "sqlite", "Write the views of the book as tables of an SQLite file",
            [ArgumentDeclaration("file", "The file to make.", .file)],
            options: [
                .flag("restricted", "With restricted records, which are left out otherwise.")
            ] + Reading.options)
        let declaration = VerbDeclaration("export", "Write the book for other programs")
            .holding([sqlite])
        return ProgramVerb(declaration: declaration, run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let path = invocation.required("file")
        let replica = try session.replica()
        let restricted = try BookQuestions.restricted(in: replica.book)
        let book = try session.book(invocation, of: replica)
        guard try session.surroundings.files.size(path) == nil else {
            throw Rejection(
                "There is something at \(path) already; nothing was written.",
                advice: "Give a file that is not there, or move that one.")
        }
        // Before SQLite writes to it: what stands in it is for the eyes of whoever asked. What
        // another program puts there meanwhile is not ours to take away.
        try session.surroundings.files.create(path, [])
        let count: Int
        do {
            count = try BookQuestions(book).export(
                to: path, withRestricted: invocation.has("restricted"), besides: restricted)
        } catch {
            // Nothing is half-written: what SQLite began there is taken away.
            let files = session.surroundings.files
            if try files.size(path) != nil { try files.remove(path) }
            throw error
        }
        session.console.noteDone("The file is there, whole")
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("file", .string(path)), .init("leftOut", JSON(count)),
                ]))
            return .done
        }
        session.console.print("\(path, .reference) holds the book's views as tables.")
        let records = count == 1 ? "1 restricted record is" : "\(count) restricted records are"
        if count > 0 {
            session.console.print(
                prose: "\(records) left out, with what names \(count == 1 ? "it" : "them").")
        }
        return .done
    }
}
