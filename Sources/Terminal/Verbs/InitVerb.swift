// SPDX-License-Identifier: MIT
import Basics
import Replicas
import Reports

/// `beatbook init NAME`: founds a partnership.
enum InitVerb {
    /// What is said of the person who holds a device.
    static let options: [OptionDeclaration] = [
        .value("holder", "Who holds this device, by name or badge.").required(),
        .value("agency", "Their agency's code, such as TDC-CS.").required(),
        .value("call-sign", "How this device is called, such as C01.").required(),
    ]

    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "init", "Found a partnership on this device",
                [ArgumentDeclaration("name", "The partnership's name.")],
                options: options + [
                    .flag(
                        "no-recovery",
                        """
                        Make no recovery words: if this device is lost, nobody can become lead in \
                        its place.
                        """)
                ]
            ).explained(
                """
                Makes this device's keys and its book, and the partnership with it. This device \
                is then the lead's. First it shows 24 recovery words, once, to be written on \
                paper: with them 'beatbook recover' makes a new lead if this device is lost or \
                stolen.
                """,
                examples: [
                    .init(
                        "init \"Thanet Community Safety Partnership\" --holder \"J. Field\" "
                            + "--agency TDC-CS --call-sign C01", "Founds Thanet's partnership.")
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let person = try person(invocation)
        var paper: RecoveryPaper?
        let tell = { (secret: RecoverySecret) throws in
            paper = RecoveryPaper(secret: secret, session: session)
            try paper?.show()
        }
        let replica = try Replica.found(
            invocation.required("name"), by: person, at: session.folder, session.surroundings,
            recovery: invocation.has("no-recovery") ? nil : tell)
        session.console.noteDone("The partnership is founded, and is not founded again")
        let words = Words.line(replica.partnership.bytes)
        if session.isJSON {
            let members: [JSON.Member] = [
                .init("partnership", .string(words)),
                .init("partnershipId", .string(replica.partnership.hex)),
                .init("book", .string(session.folder)),
            ]
            if paper == nil {
                session.console.print(json: .object(members + [.init("recovery", .null)]))
            } else {
                session.console.print(rest: members)
            }
            return .done
        }
        if paper == nil { session.console.print(prose: "\(withoutPaper(invocation), .warning)") }
        let name = invocation.required("name")
        session.console.print(
            prose: "\(name, .strong) is founded; the book is in \(session.folder).")
        session.console.print("Its words: \(words, .good)")
        session.console.print(
            prose:
                "Next: 'beatbook sync FOLDER --create' makes an exchange folder; the others join "
                + "there with 'beatbook join FOLDER', and compare these words with you.")
        return .done
    }

    /// What is said where no words were shown.
    private static func withoutPaper(_ invocation: Invocation) -> String {
        invocation.has("no-recovery")
            ? "There are no recovery words: if this device is lost, nobody can become lead."
            : """
            This was founded by an earlier 'init', which showed its recovery words. If they are \
            not on your paper, take another --book and found it again before anyone joins.
            """
    }

    static func person(_ invocation: Invocation) throws(Rejection) -> Person {
        try Person(
            holder: invocation.required("holder"), agency: invocation.required("agency"),
            callSign: invocation.required("call-sign"))
    }
}
