// SPDX-License-Identifier: MIT
import Basics
import Events
import Replicas
import Reports

/// `beatbook enrol FOLDER`: who asks to be let in; `enrol approve` lets one in.
enum EnrolVerb {
    static var verb: ProgramVerb {
        let folder = ArgumentDeclaration("folder", "The exchange folder.", .folder)
        let roles = Role.allCases.map { ValueKind.Choice($0.rawValue) }
        let listing = VerbDeclaration("list", "Show who asks to be let in", [folder])
        let approving = VerbDeclaration(
            "approve", "Let a device in",
            [
                folder,
                ArgumentDeclaration(
                    "words",
                    "The device's words as its holder reads them; two are enough if no other"
                        + " request begins so.", count: .oneOrMore),
            ],
            options: [
                .value("role", "What it is let in as.", .choices(roles)).required()
            ] + InitVerb.options
        ).explained(
            "Compare the words both ways before you approve: the device's with what its holder "
                + "reads "
                + "out, the partnership's with what they see.",
            examples: [
                .init(
                    "enrol approve /media/stick amber anchor --role field --holder \"A. Warden\" "
                        + "--agency KCC-CW --call-sign W01", "Lets the device in as W01.")
            ])
        let declaration = VerbDeclaration("enrol", "Let devices into the partnership")
            .holding([listing, approving])
        return ProgramVerb(declaration: declaration) { invocation, session in
            invocation.path.last == "approve"
                ? try approve(invocation, session) : try listRequests(invocation, session)
        }
    }

    private static func words(_ applicant: Applicant) -> [String] {
        Words.spoken(applicant.fingerprint.bytes.array.prefix(8))
    }

    private static func listRequests(_ invocation: Invocation, _ session: Session) throws
        -> ExitCode
    {
        let replica = try session.replica()
        let applicants = try replica.applicants(
            in: Session.withoutSlash(invocation.required("folder")))
        let partnership = Words.spoken(replica.partnership.bytes.array.prefix(8))
            .joined(separator: " ")
        let spoken = applicants.map { words($0).joined(separator: " ") }
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("partnership", .string(partnership)),
                    .init("requests", .array(spoken.map { .string($0) })),
                ]))
            return .done
        }
        guard spoken.isEmpty == false else {
            session.console.print("The partnership's words: \(partnership, .good)")
            session.console.print(prose: "Nobody asks to be let in.")
            return .done
        }
        session.console.print("The partnership's words: \(partnership, .good)")
        session.console.print("Devices that ask to be let in:")
        for words in spoken { session.console.print("  \(words, .good)") }
        session.console.print(
            prose:
                "Compare the words with their holders, then: beatbook enrol approve FOLDER WORDS "
                + "--role field --holder NAME --agency CODE --call-sign W01")
        return .done
    }

    private static func approve(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let folder = Session.withoutSlash(invocation.required("folder"))
        let person = try InitVerb.person(invocation)
        guard let role = Role(rawValue: invocation.required("role")) else { return .failed }
        let replica = try session.replica(writing: "enrol approve")
        try replica.checkMayEnrol()
        let applicant = try chosen(invocation, try replica.applicants(in: folder))
        let (report, callSign) = try replica.enrol(applicant, as: role, person, in: folder)
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("callSign", .string(callSign)),
                    .init("role", .string(role.rawValue)),
                ]))
        } else {
            session.console.print(
                "\(callSign, .reference) is let in as \(role.rawValue); its next sync with "
                    + "this folder opens the book.")
            if callSign != person.callSign {
                session.console.print(
                    prose: "Another device is called \(person.callSign) already, hence the letter.")
            }
            session.say(report.remarks)
        }
        return .done
    }

    private static func chosen(
        _ invocation: Invocation, _ applicants: [Applicant]
    ) throws(Rejection) -> Applicant {
        let said = invocation.texts("words").flatMap { $0.split(separator: " ") }.map {
            $0.lowercased()
        }
        let fitting = applicants.filter { applicant in
            zip(words(applicant), said).allSatisfy { $0 == $1 } && said.count <= 8
        }
        guard said.count >= 2 else {
            throw Rejection(
                "One word is too few to tell a device by.",
                advice: "Give at least the first two of its eight words.")
        }
        guard let only = fitting.first, fitting.count == 1 else {
            throw Rejection(
                fitting.isEmpty
                    ? "No request in that folder has these words."
                    : "More than one request begins with these words.",
                advice: "'beatbook enrol list FOLDER' shows them all; nothing was written.")
        }
        return only
    }
}
