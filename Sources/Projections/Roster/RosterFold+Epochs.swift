// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

extension RosterFold {
    /// The epochs whose opening counts, in timeline order.
    var epochs: [Roster.Epoch] {
        let openings = openings
        let (shared, unread) = (sharings, unread(by: openings))
        let without = cutKeys.union(recovery.former)
        return openings.compactMap { act in
            guard case .epochOpened(let opening) = act.event else { return nil }
            let author = context.key(of: act.place.log)
            let left = Set(opening.without)
            let shares = shared[act.place] ?? []
            let own = Bringing(place: act.place, keys: opening.keys)
            let lacking = lacking([own] + shares, by: author, unread)
            return Roster.Epoch(
                id: opening.id, time: act.time, place: act.place,
                after: opening.after.compactMap { named[$0] }, without: left,
                shares: shares.map(\.place),
                isFit: left.isSuperset(of: without) && lacking.isForLead == false
                    && author.map { cutKeys.contains($0) == false } ?? false,
                isForLeads: lacking.isForLead == false, lacking: lacking.boxes)
        }
    }

    /// The acts that open an epoch, and count.
    private var openings: [RosterAct] {
        let made = acts.filter { act in
            if case .epochOpened = act.event { isByCoordinator(act) } else { false }
        }
        let counted = Dictionary(grouping: made) { context.key(of: $0.place.log) }
            .values.flatMap { own in
                own.map(\.place).sorted { context.order.precedes($0, $1) }
                    .prefix(RosterFold.openingLimit)
            }
        guard counted.count < made.count else { return made }
        let places = Set(counted)
        return made.filter { places.contains($0.place) }
    }

    /// So many openings of one device count.
    private static let openingLimit = 1_024

    /// The epoch that the founding log opens first, whether or not that counts by now.
    var foundingEpoch: Roster.FoundingEpoch? {
        for act in acts where context.identities[act.place.log]?.isFounding ?? false {
            if case .epochOpened(let opening) = act.event {
                return Roster.FoundingEpoch(id: opening.id, place: act.place)
            }
        }
        return nil
    }

    /// An entry that brings an epoch's key to some.
    private struct Bringing {
        let place: EntryRef
        let keys: [SealedKey]
    }

    /// The entries that share an epoch's key, by the entry that opened it.
    private var sharings: [EntryRef: [Bringing]] {
        var ids: [EntryRef: Bytes16] = [:]
        for act in acts {
            if case .epochOpened(let opening) = act.event { ids[act.place] = opening.id }
        }
        var sharings: [EntryRef: [Bringing]] = [:]
        for act in acts {
            guard case .epochShared(let sharing) = act.event, isByCoordinator(act),
                let opened = named[sharing.opened], ids[opened] == sharing.id
            else { continue }
            sharings[opened, default: []].append(
                Bringing(place: act.place, keys: sharing.keys))
        }
        return sharings
    }

    /// The entries whose keys do not open for devices, as these say.
    private func unread(by openings: [RosterAct]) -> [DeviceKey: Set<EntryRef>] {
        var unread: [DeviceKey: Set<EntryRef>] = [:]
        for act in openings {
            guard case .epochOpened(let opening) = act.event,
                let key = context.key(of: act.place.log)
            else { continue }
            unread[key, default: []].formUnion(opening.unread.compactMap { named[$0] })
        }
        return unread
    }

    private func isByCoordinator(_ act: RosterAct) -> Bool {
        rank(at: act.place).map { $0 <= 2 } ?? false
    }

    /// The box keys of devices that go on and of the recovery words which an epoch's key never came
    /// to; and whether one of them is a lead's. The first of `bringing` is the opening.
    private func lacking(
        _ bringing: [Bringing], by author: DeviceKey?, _ unread: [DeviceKey: Set<EntryRef>]
    ) -> (boxes: [Bytes32], isForLead: Bool) {
        var (boxes, isForLead): ([Bytes32], Bool) = ([], false)
        var sealed: [Bytes32: [EntryRef]] = [:]
        for one in bringing {
            for key in one.keys { sealed[key.box, default: []].append(one.place) }
        }
        let ways = ways(to: bringing[0].place, by: author, sealed, unread)
        for (key, known) in entrances where ways[key] == nil && cutKeys.contains(key) == false {
            guard let enrolled = known.present.map({ known.all[$0.number] }) else { continue }
            boxes.append(boxKey(of: key, enrolled))
            isForLead = isForLead || enrolled.role == .lead
        }
        if let words = recovery.keys, sealed[words.box] == nil { boxes.append(words.box) }
        return (boxes.sorted(), isForLead)
    }

    /// What the device's own logs say, if one is held: another enrolment must not take from it what
    /// is sealed to it.
    func boxKey(of key: DeviceKey, _ entrance: Entrance) -> Bytes32 {
        let own = context.logsByKey[key]?.first.flatMap { context.identities[$0] }
        return own?.birth.boxKey ?? entrance.said.boxKey
    }

    /// By which entries each device has an epoch's key: the opening and those that share it, where
    /// they name its box key; its own opening; and its enrolments by those who had it by then, for
    /// they gave it in the grant.
    private func ways(
        to opening: EntryRef, by author: DeviceKey?, _ sealed: [Bytes32: [EntryRef]],
        _ unread: [DeviceKey: Set<EntryRef>]
    ) -> [DeviceKey: [EntryRef]] {
        var ways: [DeviceKey: [EntryRef]] = [:]
        var grants: [(key: DeviceKey, place: EntryRef, by: DeviceKey)] = []
        for (key, known) in entrances {
            let unopened = unread[key] ?? []
            if let present = known.present {
                let box = boxKey(of: key, known.all[present.number])
                let named = (sealed[box] ?? []).filter { unopened.contains($0) == false }
                let all = key == author ? named + [opening] : named
                if all.isEmpty == false { ways[key] = all }
            }
            guard unopened.contains(opening) == false else { continue }
            for place in known.counted.compactMap({ known.all[$0].place })
            where context.seen.hasInSight(place, opening) {
                guard let author = context.key(of: place.log) else { continue }
                grants.append((key, place, author))
            }
        }
        var left = grants
        var isGrowing = true
        while isGrowing {
            let good = left.filter { grant in
                recovery.signers.contains(grant.by)
                    || ways[grant.by]?.contains(where: { way in
                        way == opening || context.seen.hasInSight(grant.place, way)
                    }) ?? false
            }
            let taken = Set(good.map(\.place))
            left.removeAll { taken.contains($0.place) }
            for grant in good { ways[grant.key, default: []].append(grant.place) }
            isGrowing = good.isEmpty == false
        }
        return ways
    }
}
