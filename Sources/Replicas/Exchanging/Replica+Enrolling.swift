// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
import Merging
import Projections
import Queries
import Syncing

/// A device that asks to be let in.
package struct Applicant: Sendable {
    let request: Request

    /// What its holder reads out: eight words of it are compared.
    package var fingerprint: Digest { request.fingerprint }
}

extension Replica {
    /// The devices that ask to be let in and are not enrolled.
    package func applicants(in folder: String) throws(Failure) -> [Applicant] {
        let exchange = try Exchange(
            opening: folder, of: partnership, files: surroundings.sharedFiles)
        return try Requests(exchange).list().filter { book.roster.device($0.key) == nil }
            .map { Applicant(request: $0) }
    }

    /// Throws a rejection unless this device is a coordinator's.
    package func checkMayEnrol() throws(Rejection) {
        guard let own = book.roster.device(device.key), own.role == .coordinator,
            own.isCut == false
        else {
            throw Rejection(
                "Only a coordinator lets devices in.", advice: "Ask one; nothing was written.")
        }
    }

    /// Enrols a device that asked, and leaves its sealed grant in the exchange. Gives the call sign
    /// that it has now: with a letter where another device has the one that was wished.
    package func enrol(
        _ applicant: Applicant, as role: Role, _ person: Person, in folder: String
    ) throws -> (report: SyncReport, callSign: String) {
        try checkMayEnrol()
        let request = applicant.request
        let exchange = try Exchange(
            opening: folder, of: partnership, files: surroundings.sharedFiles)
        // The grant is made before anything is written: a key that nothing can be sealed to is
        // refused.
        let grant = try GrantFile.encode(
            try grant(for: request.key), to: request.boxKey, signingWith: device.signing,
            entropy: surroundings.entropy)
        var body = person.body
        body["key"] = .bytes(request.key.bytes.array)
        body["box"] = .bytes(request.boxKey.array)
        body["role"] = .text(role.rawValue)
        _ = try record([Event(EventName.enrolled, .none, body)])
        try Grants(exchange).write(grant)
        let report = try sync(with: folder)
        return (report, book.roster.device(request.key)?.callSign ?? person.callSign)
    }

    private func grant(for key: DeviceKey) throws(Failure) -> Grant {
        guard let founder = sources.map(\.identity).first(where: { $0.isFounding }) else {
            throw Failure(
                .notFound, "The founder's log is not held here, so that nobody can be let in.",
                advice: "Sync first, then try again.")
        }
        return Grant(
            device: key, founder: founder, epochs: device.epochs, granter: device.key)
    }

    /// Takes the keys that grants in the exchange bring, if the roster bears their granter out.
    func acceptGrants(_ exchange: Exchange, _ report: inout SyncReport) throws(Failure) {
        for grant in try Grants(exchange).open(for: device.key, with: device.box) {
            let isKnown = grant.epochs.allSatisfy { device.epochs.contains($0) }
            guard isKnown == false else { continue }
            guard try isBorneOut(grant, exchange) else {
                report.remarks.append(
                    "A grant in the exchange was not used: its granter is no coordinator in the "
                        + "logs that it opens, or its entries are not all here yet.")
                continue
            }
            let wasOut = device.epochs.isEmpty
            device = device.adding(grant.epochs)
            try surroundings.files.replace(paths.key, device.encoded)
            report.isNewlyEnrolled = report.isNewlyEnrolled || wasOut
        }
    }

    /// Whether the granter is a coordinator in the roster that follows from what its keys open, and
    /// this device is enrolled in it. Nothing is written for this.
    private func isBorneOut(_ grant: Grant, _ exchange: Exchange) throws(Failure) -> Bool {
        guard grant.founder.partnership == partnership else { return false }
        if book.roster.device(grant.granter)?.role == .coordinator { return true }
        let keys = KeyRing((device.epochs + grant.epochs).map(\.key))
        let collected = try Collector(keys: keys).collect(
            from: exchange, holding: [], knowing: SegmentMemory())
        let trial = try IndexStore.inMemory(
            stamp: IndexStore.Stamp(
                partnership: partnership, vocabulary: Vocabulary.current.number),
            vocabulary: .current)
        let found = collected.growths.map { growth in
            LogSource(growth.log, size: growth.bytes.count, isOwn: false) {
                FileView(copying: growth.bytes)
            }
        }
        let updater = Updater(trial, partnership: partnership, isSearchKept: false)
        _ = try updater.update(found)
        let roster = try trial.roster(try trial.logRows())
        return roster.device(grant.granter)?.role == .coordinator
            && roster.device(device.key) != nil
    }
}
