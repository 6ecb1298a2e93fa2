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
                [ArgumentDeclaration("folder", "The exchange folder of the partnership.", .folder)]
            ).explained(
                "Makes this device's keys and its book, and leaves a request in the exchange. "
                    + "Read both "
                    + "lines of words to a coordinator: they must be the same on both sides. You "
                    + "can "
                    + "record at once; others see it when you have been let in and have synced."),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let folder = Session.withoutSlash(invocation.required("folder"))
        let replica = try Replica.join(folder, at: session.folder, session.surroundings)
        let device = Words.spoken(replica.device.fingerprint.bytes.array.prefix(8))
            .joined(separator: " ")
        let partnership = Words.spoken(replica.partnership.bytes.array.prefix(8))
            .joined(separator: " ")
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("device", .string(device)), .init("partnership", .string(partnership)),
                    .init("book", .string(session.folder)),
                ]))
            return .done
        }
        session.console.print("The book is in \(session.folder); the request is in the exchange.")
        session.console.print("This device:      \(device, .good)")
        session.console.print("The partnership:  \(partnership, .good)")
        session.console.print(
            prose: "Read both to a coordinator before they let you in. Then run "
                + "'beatbook sync \(folder)'.")
        return .done
    }
}
