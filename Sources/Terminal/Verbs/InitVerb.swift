// SPDX-License-Identifier: MIT
import Basics
import Replicas
import Reports

/// `beatbook init NAME`: founds a partnership.
enum InitVerb {
    static let options: [OptionDeclaration] = [
        .value("holder", "Who holds this device, by name or badge.").required(),
        .value("agency", "Their agency's code, such as TDC-CS.").required(),
        .value("call-sign", "How this device is called, such as C01.").required(),
    ]

    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "init", "Found a partnership on this device",
                [ArgumentDeclaration("name", "The partnership's name.")], options: options
            ).explained(
                "Makes this device's keys and its book, and the partnership with it. This device "
                    + "is "
                    + "then the founder's: keep a copy of its folder in a safe place.",
                examples: [
                    .init(
                        "init \"Thanet Community Safety Partnership\" --holder \"J. Field\" "
                            + "--agency TDC-CS --call-sign C01", "Founds Thanet's partnership.")
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let person = try person(invocation)
        let replica = try Replica.found(
            invocation.required("name"), by: person, at: session.folder, session.surroundings)
        let words = Words.line(replica.partnership.bytes)
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("partnership", .string(words)),
                    .init("partnershipId", .string(replica.partnership.hex)),
                    .init("book", .string(session.folder)),
                ]))
            return .done
        }
        session.console.print(
            "\(invocation.required("name"), .strong) is founded; the book is in \(session.folder).")
        session.console.print("Its words: \(words, .good)")
        session.console.print(
            prose:
                "Next: 'beatbook sync FOLDER --create' makes an exchange folder; the others join "
                + "there with 'beatbook join FOLDER', and compare these words with you.")
        return .done
    }

    static func person(_ invocation: Invocation) throws(Rejection) -> Person {
        try Person(
            holder: invocation.required("holder"), agency: invocation.required("agency"),
            callSign: invocation.required("call-sign"))
    }
}
