// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Syncing

extension Replica {
    /// Keys, and how those are found that a slice brings to a device.
    static func keyRing(
        _ keys: [EpochKey], for box: BoxKey, by makers: [DeviceKey] = []
    ) -> KeyRing {
        KeyRing(keys, in: EventName.bringingKeys, by: makers) { Replica.keys(in: $0, for: box) }
    }

    private static func keys(in entry: EntryView, for box: BoxKey) -> KeyRing.Brought {
        var brought = KeyRing.Brought()
        guard entry.header.subject == .none, EventName.bringingKeys.contains(entry.header.type)
        else { return brought }
        do throws(CBORError) {
            let said = try CBORValue(raw: entry.changes)
            guard let event = RosterEvent(type: entry.header.type, said) else { return brought }
            brought.key = event.key(for: box)
            if brought.key == nil { brought.unopened = event.sealed(to: box.publicKey) }
        } catch {
            // A body that is no valid CBOR brings nothing.
            return brought
        }
        return brought
    }

    /// What this device opens files with, and who may make further keys for it.
    var keyRing: KeyRing {
        let makers = book.roster.devices.filter { $0.letsIn.isEmpty == false }.map(\.key)
        return Replica.keyRing(device.epochs.map(\.key), for: device.box, by: makers)
    }

    /// Takes the keys of this device's epochs that the logs bring and `device.key` lacks.
    func takeKeys() throws(Failure) {
        let held = Set(device.epochs.map(\.key.id))
        var found: [Grant.Epoch] = []
        for epoch in book.roster.epochs where held.contains(epoch.id) == false {
            let places = [epoch.place] + epoch.shares
            let said = try book.rosterEntries(places)
            let key = places.lazy.compactMap { said[$0]?.event?.key(for: self.device.box) }.first
            if let key { found.append(Grant.Epoch(time: epoch.time, key: key)) }
        }
        guard found.isEmpty == false else { return }
        device = device.adding(found)
        try surroundings.files.replace(paths.key, device.encoded)
    }

    /// What a coordinator's sync does for the keys: seals those that it holds to those who lack
    /// them, and opens an epoch where none is fit to write with, or one does not open here.
    ///
    /// `unopened` may stand in files that wait for others, which nobody can read without the key.
    func keepEpochs(_ unopened: [Collected.Unopened], _ report: inout SyncReport) throws {
        guard lock != nil, book.roster.epochs.isEmpty == false else { return }
        let unread = try unreadOpenings(unopened)
        guard letsIn.isEmpty == false else {
            // What stands under a key that a lead lacks as well is left again under another.
            report.remarks += try unreadSentences(
                lasting(unread, unopened), "Ask a coordinator to let this device in once more.")
            return
        }
        do {
            try shareKeys()
            guard book.roster.writingEpoch == nil || unread.isEmpty == false else { return }
            guard try openEpoch(unread: unread) else { return }
        } catch let rejection as Rejection {
            // Somebody made so many devices or epochs that no entry holds them: all else goes on.
            report.remarks.append("No new key could be made. \(rejection.sentence)")
            return
        }
        report.remarks += try unreadSentences(
            unread, "A new one was made, and the others were asked for that one.")
    }

    /// Says who sealed a key to this device that does not open; where an entry seals none to it,
    /// who made the key that its grant should have held.
    private func unreadSentences(
        _ openings: [PinnedEntry], _ then: String
    ) throws(Failure) -> [String] {
        let held = try held(openings)
        return openings.map { opening in
            let log = book.logs.index(of: opening.log)
            let author = log.map { book.callSign(of: $0) } ?? "somebody"
            if let entry = held[opening], entry.event?.sealed(to: device.box.publicKey) == nil {
                return "A key that \(author) made never reached this device. \(then)"
            }
            return "The key that \(author) gave to this device does not open. \(then)"
        }.unique()
    }

    /// Those of some entries that are held, by their names.
    private func held(
        _ named: [PinnedEntry]
    ) throws(Failure) -> [PinnedEntry: RosterEntry] {
        let places = named.flatMap { one in
            book.logs.nodes(of: one.log).map { EntryRef($0, one.seq) }
        }
        let entries = try book.rosterEntries(places).values.map { ($0.name, $0) }
        let wanted = Set(named)
        return Dictionary(entries, uniquingKeysWith: { $1 }).filter { wanted.contains($0.key) }
    }

    /// The entries that should have brought this device a key and brought none: the seal was none.
    /// Those are left out that it has named before.
    private func unreadOpenings(_ unopened: [Collected.Unopened]) throws -> [PinnedEntry] {
        guard let own = book.roster.device(device.key) else { return [] }
        var unread: [PinnedEntry] = []
        for epoch in book.roster.epochs
        where device.key(epoch.id) == nil && epoch.lacking.contains(own.boxKey) == false {
            let places = [epoch.place] + epoch.shares
            let said = try book.rosterEntries(places)
            unread += places.compactMap { place in
                let isOwn = said[place]?.event?.sealed(to: own.boxKey) != nil
                return place == epoch.place || isOwn ? said[place]?.name : nil
            }
        }
        let missing = unopened.filter { device.key($0.key) == nil }.map(\.entry)
        let here = try held(missing)
        unread += missing.filter { here[$0] == nil }
        let named = try namedUnread
        return Array(
            unread.unique().filter { named.contains($0) == false }.prefix(Replica.complaints))
    }

    /// Those that bring a key which every lead has: what stands under another is left again.
    private func lasting(
        _ openings: [PinnedEntry], _ unopened: [Collected.Unopened]
    ) throws(Failure) -> [PinnedEntry] {
        let hidden = book.roster.epochs.filter { $0.isForLeads == false }
        let names = try book.rosterEntries(hidden.flatMap { [$0.place] + $0.shares })
        let ids = Set(hidden.map(\.id))
        let waiting = unopened.filter { ids.contains($0.key) }.map(\.entry)
        let left = Set(names.values.map(\.name) + waiting)
        return openings.filter { left.contains($0) == false }
    }

    /// The entries of which this device has said that they bring it no key that opens, also those
    /// that are not held yet.
    private var namedUnread: Set<PinnedEntry> {
        get throws(Failure) {
            var named: Set<PinnedEntry> = []
            let own = book.roster.epochs.map(\.place).filter {
                book.row($0.log).identity?.key == device.key
            }
            for entry in try book.rosterEntries(own).values {
                if case .epochOpened(let opening)? = entry.event {
                    named.formUnion(opening.unread)
                }
            }
            return named
        }
    }

    private func shareKeys() throws {
        // The newest first: somebody may have made many, and each share is an entry by itself.
        let lacking = book.roster.epochs.filter {
            $0.lacking.isEmpty == false && device.key($0.id) != nil
        }
        for epoch in lacking.suffix(Replica.sharedEpochs) {
            guard let key = device.key(epoch.id), let opened = try pinned(epoch.place) else {
                continue
            }
            let sealed = seal(key, to: epoch.lacking)
            guard sealed.isEmpty == false else { continue }
            let sharing = EpochSharing(epoch.id, opened: opened, keys: sealed)
            _ = try record([RosterEvent.epochShared(sharing).event])
        }
    }

    /// False, and nothing is opened, where a lead's box key is none: no epoch would be fit.
    private func openEpoch(unread: [PinnedEntry]) throws -> Bool {
        let roster = book.roster
        let key = Replica.newEpochKey(surroundings)
        let goOn = roster.devices.filter { $0.isCut == false }
        let leads = goOn.filter { $0.role == .lead }.map(\.boxKey)
        let others = goOn.filter { $0.role != .lead }.map(\.boxKey)
        let sealed = seal(key, to: leads + [roster.recovery?.box].compactMap(\.self) + others)
        guard Set(sealed.map(\.box)).isSuperset(of: leads) else { return false }
        var after: [PinnedEntry] = []
        for epoch in roster.newestEpochs(of: roster.epochs) {
            if let pinned = try pinned(epoch.place) { after.append(pinned) }
        }
        let opening = EpochOpening(
            key.id,
            without: (roster.devices.filter(\.isCut).map(\.key) + roster.formerWords).sorted(),
            after: after, keys: sealed, unread: unread)
        _ = try record([RosterEvent.epochOpened(opening).event])
        try takeKeys()
        return true
    }

    /// For as many as one entry takes; a box key that nothing can be sealed to was let in by
    /// another program.
    private func seal(_ key: EpochKey, to boxes: [Bytes32]) -> [SealedKey] {
        boxes.prefix(Replica.sealedKeys).compactMap {
            SealedKey(key, to: $0, by: device.signing)
        }
    }

    /// How many keys and complaints one entry brings, a body holds some more; and how many epochs
    /// one sync shares.
    private static let (sealedKeys, complaints, sharedEpochs) = (1_500, 1_000, 100)

    func pinned(_ place: EntryRef) throws(Failure) -> PinnedEntry? {
        guard let chain = try book.chain(place) else { return nil }
        return PinnedEntry(log: book.logs.id(of: place.log), seq: place.seq, chain: chain)
    }

    /// The keys to publish with; nil, and the reason in the report, where there is none.
    func sliceKeys(_ report: inout SyncReport) throws(Failure) -> SliceKeys? {
        let roster = book.roster
        guard let epoch = writingHeld, let key = device.key(epoch.id) else {
            report.remarks.append(
                """
                Nothing was published: the key that the others use now has not reached this device.
                """)
            return nil
        }
        if roster.device(self.device.key)?.isCut == true {
            report.remarks.append(
                """
                This device's access has ended: what it records no longer counts. Ask your \
                coordinator.
                """)
        } else if roster.writingEpoch == nil {
            report.remarks.append(
                """
                What this device publishes may still be read by people whose access has ended, \
                until the lead or a coordinator has synced. There is nothing that you have to do.
                """)
        }
        let bringing = roster.epochs.flatMap { [$0.place] + $0.shares }
            .filter { $0 != roster.foundingEpoch?.place }
        let apart = try book.rosterEntries(bringing)
        let words = roster.formerWords + [roster.recovery?.signing].compactMap(\.self)
        let recovery = book.rows.filter { row in
            row.identity.map { words.contains($0.key) } ?? false
        }
        return SliceKeys(
            key, founding: firstHeld,
            known: Set(roster.epochs.filter(\.isForLeads).map(\.id)),
            apart: apart.values.map(\.name), recovery: Set(recovery.map(\.id)))
    }

    /// Of the fit epochs whose keys are here the one that follows the others: nobody whose access
    /// has ended has its key, and every lead has. Where no epoch at all is fit, of all whose keys
    /// are here.
    private var writingHeld: Roster.Epoch? {
        let roster = book.roster
        let held = roster.epochs.filter { device.key($0.id) != nil }
        guard roster.writingEpoch != nil else { return roster.newestEpochs(of: held).first }
        return roster.newestEpochs(of: held.filter(\.isFit)).first
    }

    /// The founding epoch's key or, on a device that was never given it, that of the first epoch
    /// whose key is here: whoever has more leaves again what goes under it.
    private var firstHeld: EpochKey? {
        let roster = book.roster
        let ids = [roster.foundingEpoch?.id].compactMap(\.self) + roster.epochs.map(\.id)
        return ids.lazy.compactMap { self.device.key($0) }.first
    }
}
