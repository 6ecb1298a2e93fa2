// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook enrol FOLDER`: who asks to be let in; `enrol approve` lets one in.
enum EnrolVerb {
    static var verb: ProgramVerb {
        let folder = ArgumentDeclaration("folder", "The exchange folder.", .folder)
        let roles = Role.lead.letsIn.map { ValueKind.Choice($0.rawValue) }
        let listing = VerbDeclaration("list", "Show who asks to be let in", [folder])
        let approving = VerbDeclaration(
            "approve", "Let a device in",
            [
                folder,
                ArgumentDeclaration(
                    "words",
                    "The device's eight words as its holder reads them to you; asked for if left"
                        + " out.", count: .any),
            ],
            options: [
                .value("role", "What it is let in as.", .choices(roles)).required()
            ] + holderOptions
        ).explained(
            """
            Type the words that the device's holder reads to you, not those that 'enrol list' \
            shows: only then is it their device that you let in.
            """,
            examples: [
                .init(
                    "enrol approve /media/stick violin oak harp salad atlas kiosk python moss "
                        + "--role field --holder \"A. Warden\" --agency KCC-CW --call-sign W01",
                    "Lets the device in as W01.")
            ])
        let declaration = VerbDeclaration("enrol", "Let devices into the partnership")
            .holding([listing, approving])
        return ProgramVerb(declaration: declaration) { invocation, session in
            invocation.path.last == "approve"
                ? try approve(invocation, session) : try listRequests(invocation, session)
        }
    }

    private static let holderOptions: [OptionDeclaration] = [
        .value("holder", "Who holds the device, by name or badge; with --agency."),
        .value("agency", "Their agency's code, such as TDC-CS."),
        .value("staff", "Who holds it, where there is a staff record: its reference."),
        .value("call-sign", "How the device is called, such as W01.").required(),
    ]

    private static func person(
        _ invocation: Invocation, _ session: Session, _ book: Book
    ) throws -> Person {
        let callSign = invocation.required("call-sign")
        let (name, agency) = (invocation.text("holder"), invocation.text("agency"))
        if let staff = invocation.text("staff"), name == nil, agency == nil {
            let place = try session.find(staff, in: book, kind: .staff)
            return try Person(.known(book.logs.entry(at: place)), callSign: callSign)
        }
        guard invocation.text("staff") == nil else {
            throw Rejection(
                "It was said twice who holds the device.",
                advice: "Give --holder and --agency, or --staff with a reference, and not both.")
        }
        guard let name, let agency else {
            throw Rejection(
                "It was not said who holds the device.",
                advice: "Give --holder and --agency, or --staff with a reference.")
        }
        return try Person(holder: name, agency: agency, callSign: callSign)
    }

    private static func listRequests(_ invocation: Invocation, _ session: Session) throws
        -> ExitCode
    {
        let replica = try session.replica()
        let (applicants, unreadable) = try replica.applicants(
            in: Session.withoutSlash(invocation.required("folder")))
        if unreadable > 0 {
            let what = unreadable == 1 ? "1 request" : "\(unreadable) requests"
            session.say(["\(what) in the folder could not be read."])
        }
        let partnership = Words.line(replica.partnership.bytes)
        let spoken = applicants.map { Words.line($0.fingerprint.bytes) }
        let text = EnrolText(replica.book, silent: replica.silentDevices)
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("partnership", .string(partnership)),
                    .init("requests", .array(spoken.map { .string($0) })),
                    .init("silent", text.json),
                ]))
            return .done
        }
        guard spoken.isEmpty == false else {
            session.console.print("The partnership's words: \(partnership, .good)")
            session.console.print(prose: "Nobody asks to be let in.")
            for line in text.lines { session.console.print("\(line)") }
            return .done
        }
        session.console.print("The partnership's words: \(partnership, .good)")
        session.console.print("Devices that ask to be let in:")
        for words in spoken { session.console.print("  \(words, .good)") }
        session.console.print(
            prose:
                "Compare the words with their holders, then: beatbook enrol approve FOLDER WORDS "
                + "--role field --holder NAME --agency CODE --call-sign W01")
        for line in text.lines { session.console.print("\(line)") }
        return .done
    }

    private static func approve(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let folder = Session.withoutSlash(invocation.required("folder"))
        guard let role = Role(rawValue: invocation.required("role")) else { return .failed }
        let words = try SpokenWords(
            invocation.texts("words"), session, of: "the device",
            advice: "Ask its holder to read them to you, and give them after the folder.")
        let replica = try session.replica(writing: "enrol approve")
        try replica.checkMayEnrol(as: role)
        // Another coordinator may have let it in meanwhile.
        try replica.takeInFirst(folder)
        let applicant: Applicant
        switch try replica.caller(saying: words.bytes, as: role, in: folder) {
        case .known(let device):
            return try again(device, as: role, invocation, replica, session)
        case .new(let asking): applicant = asking
        }
        let person = try person(invocation, session, replica.book)
        let (report, callSign) = try replica.enrol(applicant, as: role, person, in: folder)
        guard holds(applicant.key, as: role, called: callSign, replica, report, session) else {
            return .failed
        }
        session.console.noteDone("\(callSign) is let in")
        let isShared = callSign != person.callSign
        return tell(
            "\(callSign) is let in as \(role.rawValue)", callSign, role, report, session,
            isShared ? ["Another device was given \(person.callSign) too, hence the suffix."] : [])
    }

    /// What is done for a device that was let in before: its key is left again if it never came,
    /// and another call sign takes the place of its own.
    private static func again(
        _ device: Device, as role: Role, _ invocation: Invocation, _ replica: Replica,
        _ session: Session
    ) throws -> ExitCode {
        let folder = Session.withoutSlash(invocation.required("folder"))
        let callSign = invocation.required("call-sign")
        guard role == device.role else {
            throw Rejection(
                "\(device.callSign) is let in as \(device.role.rawValue) already.",
                advice: """
                    A role is not changed later: its holder joins anew with another device folder. \
                    If a coordinator let it in wrongly, the lead says the right role with this \
                    command and the device's words; nothing was written.
                    """)
        }
        let holder = "Whoever was named as its holder before still is."
        // A shared call sign is shown with a suffix.
        let present = device.callSign.prefix { $0 != LogName.mark }
        let isAlone = device.enrolments.count < 2
        guard present.lowercased() != callSign.lowercased() || isAlone == false else {
            let report = try replica.leaveKeys(for: device.key, device.boxKey, in: folder)
            return tell(
                "\(device.callSign) was let in before: nothing was recorded, and its keys were "
                    + "left once more", device.callSign, role, report, session, [holder])
        }
        let (report, renamed) = try replica.rename(device, to: callSign, in: folder)
        guard holds(device.key, as: role, called: renamed, replica, report, session) else {
            return .failed
        }
        let isSettled = present.lowercased() == callSign.lowercased()
        let done =
            isSettled
            ? "The enrolments of \(device.callSign) are one now, as \(role.rawValue) \(renamed)"
            : "\(device.callSign) is called \(renamed) now"
        session.console.noteDone(done)
        return tell(done, renamed, role, report, session, [holder])
    }

    /// Whether a device is what it was enrolled as; says what came of that where it is not.
    private static func holds(
        _ key: DeviceKey, as role: Role, called callSign: String, _ replica: Replica,
        _ report: SyncReport, _ session: Session
    ) -> Bool {
        let now = replica.book.roster.device(key)
        if let now, now.isCut == false, now.role == role { return true }
        session.say(report.remarks)
        guard replica.isIndexBehind == false else {
            session.console.note(
                """
                The enrolment of \(callSign) was recorded, but the index could not follow, so that \
                its key was not left in the folder. Run the same command again.
                """)
            return false
        }
        session.console.note("\(EnrolText.idle(callSign, as: role, now))")
        return false
    }

    /// Says what was done and, where its key could not be left for the device, why.
    private static func tell(
        _ done: String, _ callSign: String, _ role: Role, _ report: SyncReport,
        _ session: Session, _ remarks: [String]
    ) -> ExitCode {
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("callSign", .string(callSign)),
                    .init("role", .string(role.rawValue)),
                ]))
        } else if report.failure == nil {
            session.console.print(prose: "\(done); its next sync with this folder opens the book.")
        }
        session.say(remarks + report.remarks)
        guard let failure = report.failure else { return .done }
        session.console.note(
            """
            \(done), but its key could not be left in the folder. \(failure.sentence) Sync with \
            it again when that is put right.
            """)
        return .failed
    }
}
