// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
import Merging
package import Projections
import Queries
import Syncing

/// A device that asks to be let in.
package struct Applicant: Sendable {
    let request: Request

    package var key: DeviceKey { request.key }

    /// What its holder reads out: eight words of it are compared.
    package var fingerprint: Digest { request.fingerprint }
}

/// Whose words somebody reads out.
package enum Caller: Sendable {
    /// A device to enrol: nobody let it in, or this device's word of it comes before theirs.
    case new(Applicant)
    /// One that was let in, and whose role is not this device's to change.
    case known(Device)
}

extension Replica {
    /// The devices that ask to be let in and are not enrolled, and how many requests could not be
    /// read.
    package func applicants(
        in folder: String
    ) throws(Failure) -> (applicants: [Applicant], unreadable: Int) {
        let requests = try requests(in: folder)
        let enrolled = Set(book.roster.devices.map(\.fingerprint))
        let applicants = requests.items.filter { enrolled.contains($0.fingerprint) == false }
            .map { Applicant(request: $0) }
        return (applicants, requests.unreadable)
    }

    /// Who has a fingerprint that begins with these bytes, and what can be said of them as a role.
    /// Throws a rejection where nobody asks by it, and where the device's access has ended.
    package func caller(
        saying bytes: [UInt8], as role: Role, in folder: String
    ) throws -> Caller {
        let fits = { (fingerprint: Digest) in fingerprint.bytes.array.starts(with: bytes) }
        let asked = try requests(in: folder).items.first { fits($0.fingerprint) }
        let known = book.roster.devices.first { fits($0.fingerprint) }
        // Somebody may have enrolled its key with a box key that is not its own.
        let device = known ?? asked.flatMap { book.roster.device($0.key) }
        guard device?.isCut != true else {
            throw Rejection(
                "The access of \(device?.callSign ?? "the device") has ended, and letting it in "
                    + "again would not bring it back; nothing was written.",
                advice: """
                    Its holder joins anew, with another device folder, and is let in by a call \
                    sign that nobody had.
                    """)
        }
        // What a lower rank said may be wrong in more than the role: in the first entry that it
        // admits, in its last day, in whose device it is.
        if let known, asked == nil || mayPutRight(known) == false { return .known(known) }
        guard let asked else {
            throw Rejection(
                "No request in that folder has these words; nothing was written.",
                advice: """
                    Ask the holder to read them again, and whether they joined in this folder. \
                    'beatbook enrol list FOLDER' shows who asks.
                    """)
        }
        return .new(Applicant(request: asked))
    }

    private func requests(in folder: String) throws(Failure) -> Found<Request> {
        try Requests(
            Exchange(opening: folder, of: partnership, files: surroundings.sharedFiles)
        ).list()
    }

    /// Throws a rejection unless this device's rank is above that of a role.
    package func checkMayEnrol(as role: Role) throws(Rejection) {
        guard letsIn.isEmpty == false else {
            throw Rejection(
                "Only a coordinator lets devices in.", advice: "Ask one; nothing was written.")
        }
        guard letsIn.contains(role) else {
            throw Rejection(
                "Only the lead, who founded the partnership, lets in a \(role.rawValue).",
                advice: "Ask them; nothing was written.")
        }
        // What they get is what is held here. Where everyone can see that a key is not, whoever has
        // it shares it with them as well.
        let own = book.roster.device(device.key)
        let isComplete = book.roster.epochs.allSatisfy { epoch in
            device.key(epoch.id) != nil || own.map { epoch.lacking.contains($0.boxKey) } ?? false
        }
        guard isComplete else {
            throw Rejection(
                "A key of the partnership has not reached this device yet; nobody was let in.",
                advice: "Sync, and once more when another coordinator has synced, then try again.")
        }
    }

    /// Whether this device's word of what another is stands before the one that holds.
    private func mayPutRight(_ other: Device) -> Bool {
        book.roster.device(device.key).map { $0.rank < other.authorRank } ?? false
    }

    /// What this device lets others in as.
    var letsIn: [Role] { book.roster.device(device.key)?.letsIn ?? [] }

    /// Enrols a device that asked; the sync that follows leaves its sealed grant in the exchange.
    /// Gives the call sign that it has now: with a suffix where an entry that comes in now gave it
    /// to another device. Throws a rejection for one that is known here. What went wrong after the
    /// enrolment was recorded stands in the report.
    package func enrol(
        _ applicant: Applicant, as role: Role, _ person: Person, in folder: String
    ) throws -> (report: SyncReport, callSign: String) {
        try checkMayEnrol(as: role)
        // What others let in meanwhile may have that call sign.
        try takeInFirst(folder)
        let request = applicant.request
        try checkIsFree(person.callSign, besides: request.key)
        try checkIsNew(person)
        // A key that nothing can be sealed to is refused before anything is written.
        _ = try grant(for: request.key, boxKey: request.boxKey, from: try founder())
        var enrolment = Enrolment(
            request.key, boxKey: request.boxKey, as: role,
            person.deviceHolder(in: device.log, new: nil))
        enrolment.from = request.start
        return try enrol(enrolment, person, in: folder)
    }

    /// Gives an enrolled device another call sign, by an enrolment that replaces all that hold. Its
    /// role stays. Throws a rejection for a sign that is known here.
    package func rename(
        _ device: Device, to callSign: String, in folder: String
    ) throws -> (report: SyncReport, callSign: String) {
        try checkMayEnrol(as: device.role)
        try takeInFirst(folder)
        // One that was enrolled more than once may keep the sign that it has.
        let present = device.callSign.prefix { $0 != LogName.mark }
        if present.lowercased() != callSign.lowercased() { try checkIsFree(callSign) }
        var holder = Person.Holder.nobody
        if let staff = device.staff, let place = try book.place(of: staff.link, by: staff.entry) {
            holder = .known(book.logs.entry(at: place))
        }
        let person = try Person(holder, callSign: callSign)
        var enrolment = Enrolment(
            device.key, boxKey: device.boxKey, as: device.role,
            person.deviceHolder(in: self.device.log, new: nil))
        enrolment.replaces = try device.enrolments.compactMap { (place) throws(Failure) in
            try pinned(place)
        }
        guard enrolment.replaces.isEmpty == false else {
            throw Rejection(
                "\(device.callSign) is the founder's device: nobody let it in.",
                advice: "Its call sign stays what it is; nothing was written.")
        }
        return try enrol(enrolment, person, in: folder)
    }

    /// Takes in what others left in a folder, so that what is decided on is as everyone has it.
    package func takeInFirst(_ folder: String) throws {
        let exchange = try Exchange(
            opening: folder, of: partnership, files: surroundings.sharedFiles)
        var report = SyncReport()
        try collect(exchange, isThorough: false, &report) { _ in }
        remarks += report.remarks
    }

    private func enrol(
        _ enrolment: Enrolment, _ person: Person, in folder: String
    ) throws -> (report: SyncReport, callSign: String) {
        let said = RosterEvent.enrolled(enrolment).event
        let events = person.added.map {
            [$0, Event(said.type, said.subject, said.changes, links: ["staff": 0])]
        }
        _ = try record(events ?? [said])
        let report = try leaveKeys(for: enrolment.key, enrolment.boxKey, in: folder)
        return (report, book.roster.device(enrolment.key)?.callSign ?? person.callSign)
    }

    /// Throws a rejection for a call sign that any device here has or ever had, but one that
    /// somebody let in before it wrote anything.
    func checkIsFree(_ callSign: String, besides key: DeviceKey? = nil) throws(Rejection) {
        try Replica.checkIsFree(callSign, besides: key, in: book.roster)
    }

    static func checkIsFree(
        _ callSign: String, besides key: DeviceKey? = nil, in roster: Roster
    ) throws(Rejection) {
        let folded = callSign.lowercased()
        let taken =
            roster.devices.filter { $0.key != key }.map { $0.callSign.lowercased() }
            + roster.names.values.flatMap { $0.words + $0.signs }
        guard taken.contains(folded) == false else {
            throw Rejection(
                "'\(callSign)' is the call sign of another device.",
                advice: "Take one that nobody had; nothing was written.")
        }
        // A device goes on as W01b when it is put back from a copy.
        guard taken.contains(where: { isLater(folded, than: $0) || isLater($0, than: folded) })
        else { return }
        throw Rejection(
            "'\(callSign)' could be mixed up with a later log of another device.",
            advice: "Take one that differs in more than a letter at its end; nothing was written.")
    }

    /// Whether a word is what a later log of a device with that call sign is called.
    private static func isLater(_ word: String, than sign: String) -> Bool {
        word.dropLast() == sign && word.last.map { ("b"..."z").contains($0) } ?? false
    }

    /// Throws a rejection for a name that a person of the same agency has here already: it may be
    /// the same one, with another device.
    private func checkIsNew(_ person: Person) throws {
        guard case .new(let name, let agency) = person.holder,
            case let same = try book.staff(named: name, of: agency), same.isEmpty == false
        else { return }
        let references = try same.map { (place) throws(Failure) in try book.reference(place) }
        throw Rejection(
            """
            There is somebody called \(name) at \(agency) already: \
            \(references.listed).
            """,
            advice: """
                Give '--staff \(references[0])' instead of a name if it is the same person, or a \
                fuller name; nothing was written.
                """)
    }
}
