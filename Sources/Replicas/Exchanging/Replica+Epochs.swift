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
    static func keyRing(_ keys: [EpochKey], for box: BoxKey) -> KeyRing {
        KeyRing(keys) { Replica.keys(in: $0, for: box) }
    }

    private static func keys(in entry: EntryView, for box: BoxKey) -> [EpochKey] {
        guard entry.header.subject == .none, EventName.bringingKeys.contains(entry.header.type)
        else { return [] }
        do throws(CBORError) {
            let said = try CBORValue(raw: entry.changes)
            return RosterEvent(type: entry.header.type, said)?.keys(for: box) ?? []
        } catch {
            // A body that is no valid CBOR brings nothing.
            return []
        }
    }

    /// Takes the keys of this device's epochs that the logs bring and `device.key` lacks.
    func takeKeys() throws(Failure) {
        let held = Set(device.epochs.map(\.key.id))
        var found: [Grant.Epoch] = []
        for epoch in book.roster.epochs where held.contains(epoch.id) == false {
            for place in [epoch.place] + epoch.shares {
                guard let entry = try book.entry(place), let said = entry.said,
                    let key = said.keys(for: device.box).first
                else { continue }
                found.append(Grant.Epoch(time: epoch.time, key: key))
                break
            }
        }
        guard found.isEmpty == false else { return }
        device = device.adding(found)
        try surroundings.files.replace(paths.key, device.encoded)
    }

    /// What a coordinator's sync does for the keys: opens an epoch where none is fit to write with,
    /// and seals the keys that it holds to those who lack them.
    func keepEpochs() throws {
        guard lock != nil, letsIn.isEmpty == false, book.roster.epochs.isEmpty == false else {
            return
        }
        if book.roster.writingEpoch == nil { try openEpoch() }
        for epoch in book.roster.epochs where epoch.lacking.isEmpty == false {
            guard let key = device.key(epoch.id), let opened = try pinned(epoch.place) else {
                continue
            }
            let sealed = seal(key, to: epoch.lacking)
            guard sealed.isEmpty == false else { continue }
            let sharing = EpochSharing(epoch.id, opened: opened, keys: sealed)
            _ = try record([RosterEvent.epochShared(sharing).event])
        }
    }

    private func openEpoch() throws {
        let roster = book.roster
        let key = Replica.newEpochKey(surroundings)
        let goOn = roster.devices.filter { $0.isCut == false }.map(\.boxKey)
        var after: [PinnedEntry] = []
        for epoch in roster.newestEpochs(of: roster.epochs) {
            if let pinned = try pinned(epoch.place) { after.append(pinned) }
        }
        let opening = EpochOpening(
            key.id,
            without: (roster.devices.filter(\.isCut).map(\.key) + roster.formerWords).sorted(),
            after: after,
            keys: seal(key, to: goOn + [roster.recovery?.box].compactMap(\.self)))
        _ = try record([RosterEvent.epochOpened(opening).event])
        try takeKeys()
    }

    /// For as many as one entry takes; a box key that nothing can be sealed to was let in by
    /// another program.
    private func seal(_ key: EpochKey, to boxes: [Bytes32]) -> [SealedKey] {
        boxes.prefix(Replica.sealedKeys).compactMap {
            SealedKey(key, to: $0, by: device.signing)
        }
    }

    /// A body holds some more.
    private static let sealedKeys = 2_000

    func pinned(_ place: EntryRef) throws(Failure) -> PinnedEntry? {
        guard let chain = try book.chain(place) else { return nil }
        return PinnedEntry(log: book.logs.id(of: place.log), seq: place.seq, chain: chain)
    }

    /// The keys to publish with; nil, and the reason in the report, where there is none.
    func sliceKeys(_ report: inout SyncReport) throws(Failure) -> SliceKeys? {
        let roster = book.roster
        guard let epoch = roster.writingEpoch ?? newestHeld, let key = device.key(epoch.id) else {
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
                Somebody's access has ended, and no coordinator has synced since. Until one has, \
                they may still read what this device publishes.
                """)
        }
        var apart: [PinnedEntry: EpochKey?] = [:]
        let byPlace = Dictionary(roster.epochs.map { ($0.place, $0) }, uniquingKeysWith: { $1 })
        for epoch in roster.epochs {
            let earlier = epoch.after.compactMap { byPlace[$0] }.min { $0.id < $1.id } ?? epoch
            for place in epoch.keyEntries {
                guard let entry = try pinned(place) else { continue }
                apart[entry] = .some(device.key(earlier.id))
            }
        }
        return SliceKeys(key, apart: apart, whole: recoveryLogs)
    }

    /// The logs of recovery words go under the first epoch: whoever has no more than an old paper
    /// has to see that its words were used.
    private var recoveryLogs: [LogID: EpochKey?] {
        let roster = book.roster
        let words = roster.formerWords + [roster.recovery?.signing].compactMap(\.self)
        let first = roster.epochs.filter(\.after.isEmpty).min { $0.id < $1.id }
        var logs: [LogID: EpochKey?] = [:]
        for row in book.rows where row.identity.map({ words.contains($0.key) }) ?? false {
            logs[row.id] = .some(first.flatMap { device.key($0.id) })
        }
        return logs
    }

    /// Of the epochs whose keys are here the one that follows the others.
    private var newestHeld: Roster.Epoch? {
        let roster = book.roster
        return roster.newestEpochs(of: roster.epochs.filter { device.key($0.id) != nil }).first
    }
}

extension RosterEvent {
    /// The keys that an entry brings to the holder of a box key.
    fileprivate func keys(for box: BoxKey) -> [EpochKey] {
        switch self {
        case .epochOpened(let opening):
            opening.keys.compactMap { $0.opened(with: box, id: opening.id) }
        case .epochShared(let sharing):
            sharing.keys.compactMap { $0.opened(with: box, id: sharing.id) }
        case .founded, .enrolled, .cut, .reinstated, .recoveryRenewed: []
        }
    }
}

extension EntryReport {
    /// What the entry says of the roster, if anything.
    fileprivate var said: RosterEvent? {
        guard let changes else { return nil }
        let pairs = changes.map { (CBORValue.text($0.key), $0.value) }
        return RosterEvent(type: type, .map(Dictionary(uniqueKeysWithValues: pairs)))
    }
}
