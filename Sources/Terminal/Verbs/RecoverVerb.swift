// SPDX-License-Identifier: MIT
import Basics
import Projections
import Queries
import Replicas
import Reports

/// `beatbook recover FOLDER`: makes this device the lead's by the recovery words.
enum RecoverVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "recover", "Become the lead by the recovery words",
                [ArgumentDeclaration("folder", "The exchange folder of the partnership.", .folder)],
                options: InitVerb.options + [
                    .value("cut", "The call sign of a device whose access ends, such as C01.")
                        .repeating(),
                    .value("reason", "Why, for those who look into it later."),
                ]
            ).explained(
                """
                For when the lead's device is lost, stolen or broken. Asks for the 24 words on the \
                paper; where there is no terminal it reads them from the standard input. Makes \
                this device's keys and its book, and shows new words, once, that take the place \
                of the old ones.
                """,
                examples: [
                    .init(
                        "recover FOLDER --holder \"J. Field\" --agency TDC --call-sign C02 "
                            + "--cut C01",
                        "Makes this the lead's device in place of the stolen C01.")
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let folder = Session.withoutSlash(invocation.required("folder"))
        let person = try InitVerb.person(invocation)
        let cutting = invocation.texts("cut")
        let wish = RecoveryWish(
            person, cutting: cutting,
            reason: invocation.text("reason") ?? "A new lead was made with the recovery words.")
        let words = try WrittenWords(session).secret
        let (replica, report) = try Replica.recover(
            folder, with: words, wish, at: session.folder, session.surroundings
        ) { next in
            try RecoveryPaper(secret: next, session: session).show()
        }
        session.console.noteDone(
            "This device is the lead's, and the words on the old paper are used")
        let callSign = replica.book.roster.device(replica.device.key)?.callSign ?? person.callSign
        say(callSign, cutting, isLeft: report.failure == nil, session)
        let others = EnrolText.letInByThoseWhoAreOut(replica.book)
        session.say(report.remarks + [cutting.isEmpty ? nil : others].compactMap(\.self))
        guard let failure = report.failure else { return .done }
        session.console.note(
            """
            \(callSign) is the lead, but not everything could be left in the folder. \
            \(failure.sentence) Sync with it again when that is put right, and keep both papers \
            until that has been done.
            """)
        return .failed
    }

    private static func say(
        _ callSign: String, _ cutting: [String], isLeft: Bool, _ session: Session
    ) {
        if session.isJSON {
            session.console.print(rest: [
                .init("callSign", .string(callSign)),
                .init("cut", .array(cutting.map { .string($0) })),
            ])
            return
        }
        session.console.print(
            "\(callSign, .reference) is the lead; the book is in \(session.folder).")
        for sign in cutting {
            let end = isLeft ? "has ended" : "ends once this is in the folder"
            session.console.print("The access of \(sign, .reference) \(end).")
        }
        guard isLeft else { return }
        session.console.print(
            prose: "The words that you typed hold no more: destroy the old paper.")
    }
}
