// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Syncing

/// What the holder of recovery words wants done.
package struct RecoveryWish: Sendable {
    /// Who becomes the lead, on the device that this is done on.
    package let person: Person
    /// The call signs of devices whose access ends.
    package let cutting: [String]
    package let reason: String

    package init(_ person: Person, cutting: [String], reason: String) {
        self.person = person
        self.cutting = cutting
        self.reason = reason
    }
}

extension Replica {
    /// Makes this device the lead's by the recovery words, ends the access of others, and puts the
    /// next words in the place of those that were used. What goes wrong after that was written
    /// stands in the report.
    ///
    /// `tell` is given the next words before anything of this is written; what it throws ends it.
    /// Where it was stopped half way it can be run again in the same folder.
    package static func recover(
        _ exchangeFolder: String, with words: RecoverySecret, _ wish: RecoveryWish,
        at folder: String, _ surroundings: Surroundings, tell: (RecoverySecret) throws -> Void
    ) throws -> (replica: Replica, report: SyncReport) {
        let exchange = try Exchange(opening: exchangeFolder, files: surroundings.sharedFiles)
        let replica =
            try begunRecovering(exchange, at: folder, surroundings)
            ?? beginRecovering(exchange, with: words, wish, at: folder, surroundings)
        var report = SyncReport()
        try replica.collect(exchange, isThorough: false, &report) { _ in }
        try check(words, by: replica.book.roster)
        try replica.checkIsFree(wish.person.callSign)
        let cuts = try wish.cutting.map { try replica.cut($0, wish.reason) }
        let next = RecoverySecret(surroundings.entropy)
        try tell(next)
        let lead = try replica.enrolment(wish.person)
        try replica.writeRecovery(words, lead, cuts, next.keys)
        do { report = try replica.sync(with: exchangeFolder) } catch let failure as Failure {
            report.failure = failure
        }
        return (replica, report)
    }

    /// The book that an earlier `recover` made and did not finish; nil if there is no book.
    private static func begunRecovering(
        _ exchange: Exchange, at folder: String, _ surroundings: Surroundings
    ) throws(Failure) -> Replica? {
        guard try surroundings.files.size(ReplicaPaths(folder).key) != nil else { return nil }
        let replica = try Replica(opening: folder, surroundings, writing: "recover")
        let device = replica.device
        guard replica.partnership == exchange.partnership, device.epochs.isEmpty == false,
            replica.book.roster.device(device.key) == nil
        else { throw holdsBook(folder) }
        return replica
    }

    /// Makes a book with new keys, which reads by the grants that are sealed to the words.
    private static func beginRecovering(
        _ exchange: Exchange, with words: RecoverySecret, _ wish: RecoveryWish,
        at folder: String, _ surroundings: Surroundings
    ) throws -> Replica {
        let found = try Grants(exchange).open(for: words.keys.signing, with: words.box)
        guard found.items.isEmpty == false else {
            throw Rejection(
                "These recovery words open nothing in \(exchange.folder); nothing was made.",
                advice: """
                    Look whether they are this partnership's, and whether a coordinator has synced \
                    with this folder.
                    """)
        }
        // Whether they still hold is asked before there is a book that could be read, and whether
        // the wish can be done.
        let roster = try trial(of: found.items, exchange, for: words.box, surroundings)
        try check(words, by: roster)
        for sign in wish.cutting { _ = try device(called: sign, in: roster) }
        try checkIsFree(wish.person.callSign, in: roster)
        let lock = try begin(folder, surroundings)
        let (device, _) = try newDevice(in: exchange.partnership, folder, surroundings)
        return try finish(
            device.adding(found.items.flatMap(\.epochs)), folder, surroundings, lock,
            command: "recover"
        ) { _ in }
    }

    private static func check(_ words: RecoverySecret, by roster: Roster) throws(Rejection) {
        guard roster.recovery != nil else {
            throw Rejection(
                """
                No recovery words hold any more: the same paper was used in two places, and \
                nobody can tell which was meant. Nothing was made.
                """,
                advice: "Whoever leads lets devices in as before; 'beatbook verify' tells of it.")
        }
        guard roster.recovery == words.keys else {
            throw Rejection(
                "These recovery words hold no more: newer ones took their place. Nothing was made.",
                advice: "Use the paper that was written when they were last used.")
        }
    }

    private func enrolment(_ person: Person) throws -> Enrolment {
        let log = try ownLog
        var enrolment = Enrolment(
            device.key, boxKey: device.box.publicKey, as: .lead,
            person.deviceHolder(in: log.id, new: try staffLink(person)))
        enrolment.from = PinnedEntry(log: log.id, seq: 0, chain: log.origin.first)
        return enrolment
    }

    /// Names the holder's record: the one that is there, or else a new one in this device's own
    /// log, which what lets it in admits: what the words sign says nothing of records. One that was
    /// written before all stopped is used.
    private func staffLink(_ person: Person) throws -> Link? {
        guard case .new(let name, let agency) = person.holder, let added = person.added else {
            return nil
        }
        if let known = try book.staff(named: name, of: agency).first { return try link(to: known) }
        let last = row(ofOwn: device.log)?.position?.tip.seq ?? 0
        for seq in 1..<(last + 1) {
            let place = ownIndex.map { EntryRef($0, seq) }
            guard let place, let entry = try book.entry(place), entry.type == added.type,
                entry.changes == added.changes
            else { continue }
            return try link(to: place)
        }
        guard let place = try record([added]).places.first else { return nil }
        return try link(to: place)
    }

    private func link(to place: EntryRef) throws(Failure) -> Link {
        Link(book.logs.entry(at: place), chain: try book.chain(place))
    }

    /// The end of a device's access: of its logs counts what is held here, all histories of them.
    private func cut(_ callSign: String, _ reason: String) throws(Rejection) -> RosterEvent {
        let device = try Replica.device(called: callSign, in: book.roster)
        let parents = Set(book.rows.compactMap { $0.branch?.parent })
        let ends = book.rows.filter {
            $0.identity?.key == device.key && parents.contains($0.index) == false
        }
        let places = ends.compactMap { row in
            row.position.map { position in
                PinnedEntry(
                    log: row.id, seq: position.tip.seq, chain: position.tip.chain.first)
            }
        }
        return .cut(device.key, at: places, reason: reason)
    }

    private static func device(
        called callSign: String, in roster: Roster
    ) throws(Rejection) -> Device {
        let folded = callSign.lowercased()
        if let device = roster.devices.first(where: { $0.callSign.lowercased() == folded }) {
            return device
        }
        let signs = roster.devices.map(\.callSign).listed
        throw Rejection(
            "No device is called '\(callSign)'; nothing was written.",
            advice: "Devices of this partnership: \(signs).")
    }

    /// Writes the log that is signed with the words: all of it is there, or nothing.
    private func writeRecovery(
        _ words: RecoverySecret, _ lead: Enrolment, _ cuts: [RosterEvent], _ next: RecoveryKeys
    ) throws(Failure) {
        let birth = Birth(
            partnership: partnership, keys: (words.keys.signing, words.keys.box),
            nonce: Replica.nonce(surroundings))
        let log = LogIdentity(birth)
        var first = EntryEncoder(log: log.id, tip: log.start, surroundings: surroundings)
        let opening = LogWriter.checked(
            first.entries([Replica.updated(surroundings)]), after: log.start, in: log)
        var encoder = EntryEncoder(
            log: log.id, tip: opening.tip, surroundings: surroundings, observed: observedTime(),
            base: try allHeld())
        let said = [.enrolled(lead)] + cuts + [.recoveryRenewed(next)]
        let batch = LogWriter.checked(
            encoder.entries(said.map(\.event)), after: opening.tip, in: log)
        let seal = Seal(batch.tip, of: log, with: words.signing)
        let bytes =
            LogWriter.opening(log) + Frame.bytes(.batch, opening.payload)
            + Frame.bytes(.batch, batch.payload) + Frame.bytes(.seal, seal.encoded)
        try surroundings.files.create(paths.log(log.id), bytes)
        try refreshSources()
        try update()
    }

    /// Every log that counts, as far as it does.
    private func allHeld() throws(Failure) -> [BaseElement] {
        var base: [BaseElement] = []
        for row in book.rows {
            guard let tip = row.position?.tip, let limit = row.admission?.limit else { continue }
            let upTo = min(tip.seq, limit)
            guard upTo > 0, let chain = try book.chain(EntryRef(row.index, upTo)) else { continue }
            base.append(.seen(log: row.id, seq: upTo, chain: chain))
        }
        return base
    }
}
