// SPDX-License-Identifier: MIT
import Basics
import Replicas
import Reports

/// `beatbook join FOLDER`: asks to be let into a partnership.
enum JoinVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "join", "Ask to be let into a partnership",
                [ArgumentDeclaration("folder", "The exchange folder of the partnership.", .folder)],
                options: [
                    .value(
                        "words",
                        "The partnership's eight words, as a coordinator told you; asked for if"
                            + " left out.")
                ]
            ).explained(
                """
                Makes this device's keys and its book, and leaves a request in the exchange, if \
                the partnership's words are those that a coordinator told you. Then read this \
                device's words to them. You can record at once; others see it when you have been \
                let in and have synced.
                """,
                examples: [
                    .init(
                        "join /media/stick/beatbook --words \"recipe apron carpet lagoon opera "
                            + "guitar mango lumber\"", "Asks that partnership to be let in.")
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let folder = Session.withoutSlash(invocation.required("folder"))
        let words = try SpokenWords(
            invocation.text("words").map { [$0] } ?? [], session, of: "the partnership",
            advice: "Ask a coordinator for them, and give them with --words.")
        let replica = try Replica.join(
            folder, saying: words.bytes, at: session.folder, session.surroundings)
        let device = Words.line(replica.device.fingerprint.bytes)
        let partnership = Words.line(replica.partnership.bytes)
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("device", .string(device)), .init("partnership", .string(partnership)),
                    .init("book", .string(session.folder)),
                ]))
            return .done
        }
        session.console.print(
            prose: "The book is in \(session.folder); the request is in the exchange.")
        session.console.print("This device:      \(device, .good)")
        session.console.print("The partnership:  \(partnership, .good)")
        session.console.print(
            prose: "Read this device's words to a coordinator, who lets you in by them. Then run: "
                + "beatbook sync \(ShellWord.quoted(folder))")
        return .done
    }
}
