// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

extension RosterFold {
    /// The epochs whose opening counts, in timeline order.
    var epochs: [Roster.Epoch] {
        let (shared, unread) = (sharings, unread)
        let without = cutKeys.union(recovery.former)
        return acts.compactMap { act in
            guard case .epochOpened(let opening) = act.event, isByCoordinator(act) else {
                return nil
            }
            let author = context.key(of: act.place.log)
            let left = Set(opening.without)
            let shares = shared[act.place] ?? []
            let own = Bringing(place: act.place, keys: opening.keys)
            let lacking = lacking([own] + shares, by: author, unread)
            return Roster.Epoch(
                id: opening.id, time: act.time, place: act.place,
                after: opening.after.compactMap { named[$0] },
                unread: opening.unread.compactMap { named[$0] }, without: left,
                shares: shares.map(\.place),
                isFit: left.isSuperset(of: without) && lacking.isForLead == false
                    && author.map { cutKeys.contains($0) == false } ?? false,
                lacking: lacking.boxes)
        }
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
    private var unread: [DeviceKey: Set<EntryRef>] {
        var unread: [DeviceKey: Set<EntryRef>] = [:]
        for act in acts {
            guard case .epochOpened(let opening) = act.event, isByCoordinator(act),
                let key = context.key(of: act.place.log)
            else { continue }
            unread[key, default: []].formUnion(opening.unread.compactMap { named[$0] })
        }
        return unread
    }

    private func isByCoordinator(_ act: RosterAct) -> Bool {
        rank(at: act.place).map { $0 <= 2 } ?? false
    }

    /// The box keys that an epoch's key was never sealed to, of devices that go on and of the
    /// recovery words; and whether one of them is a lead's. The first of `bringing` is the opening.
    private func lacking(
        _ bringing: [Bringing], by author: DeviceKey?, _ unread: [DeviceKey: Set<EntryRef>]
    ) -> (boxes: [Bytes32], isForLead: Bool) {
        var (boxes, isForLead): ([Bytes32], Bool) = ([], false)
        var sealed: [Bytes32: [EntryRef]] = [:]
        for one in bringing {
            for key in one.keys { sealed[key.box, default: []].append(one.place) }
        }
        for (key, known) in entrances {
            guard let present = known.present, key != author, cutKeys.contains(key) == false
            else { continue }
            let (enrolled, unopened) = (known.all[present.number], unread[key] ?? [])
            let places = sealed[enrolled.said.boxKey] ?? []
            guard places.allSatisfy(unopened.contains),
                unopened.contains(bringing[0].place)
                    || isGranted(known, bringing[0].place, but: unread) == false
            else { continue }
            boxes.append(enrolled.said.boxKey)
            isForLead = isForLead || enrolled.role == .lead
        }
        if let words = recovery.keys, sealed[words.box] == nil { boxes.append(words.box) }
        return (boxes.sorted(), isForLead)
    }

    /// Whoever was enrolled by someone who knew of the epoch, and never said that its key did not
    /// open, has it by grant.
    private func isGranted(
        _ known: KeyEntrances, _ opening: EntryRef, but unread: [DeviceKey: Set<EntryRef>]
    ) -> Bool {
        known.counted.contains { number in
            guard let place = known.all[number].place, context.seen.hasInSight(place, opening),
                let author = context.key(of: place.log)
            else { return false }
            return unread[author]?.contains(opening) != true
        }
    }
}
