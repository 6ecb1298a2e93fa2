// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

extension RosterFold {
    /// The epochs whose opening counts, in timeline order.
    var epochs: [Roster.Epoch] {
        let shared = sharings
        let without = cutKeys.union(recovery.former)
        return acts.compactMap { act in
            guard case .epochOpened(let opening) = act.event, isByCoordinator(act) else {
                return nil
            }
            let author = context.key(of: act.place.log)
            let left = Set(opening.without)
            let shares = shared[act.place] ?? []
            return Roster.Epoch(
                id: opening.id, time: act.time, place: act.place,
                after: opening.after.compactMap { named[$0] }, without: left,
                shares: shares.map(\.place),
                isFit: left.isSuperset(of: without)
                    && author.map { cutKeys.contains($0) == false } ?? false,
                lacking: lacking(
                    act, named: Set((opening.keys + shares.flatMap(\.keys)).map(\.box))))
        }
    }

    private struct Sharing {
        let place: EntryRef
        let keys: [SealedKey]
    }

    /// The entries that share an epoch's key, by the entry that opened it.
    private var sharings: [EntryRef: [Sharing]] {
        var ids: [EntryRef: Bytes16] = [:]
        for act in acts {
            if case .epochOpened(let opening) = act.event { ids[act.place] = opening.id }
        }
        var sharings: [EntryRef: [Sharing]] = [:]
        for act in acts {
            guard case .epochShared(let sharing) = act.event, isByCoordinator(act),
                let opened = named[sharing.opened], ids[opened] == sharing.id
            else { continue }
            sharings[opened, default: []].append(Sharing(place: act.place, keys: sharing.keys))
        }
        return sharings
    }

    private func isByCoordinator(_ act: RosterAct) -> Bool {
        rank(at: act.place).map { $0 <= 2 } ?? false
    }

    /// The box keys that an epoch's key was never sealed to, of devices that go on and of the
    /// recovery words. Whoever was enrolled by someone who knew of the epoch has its key by grant.
    private func lacking(
        _ opening: RosterAct, named: Set<Bytes32>
    ) -> [Bytes32] {
        let author = context.key(of: opening.place.log)
        var lacking = entrances.compactMap { key, known -> Bytes32? in
            guard let present = known.present, key != author, cutKeys.contains(key) == false
            else { return nil }
            let boxKey = known.all[present.number].said.boxKey
            guard named.contains(boxKey) == false else { return nil }
            let isGranted = known.counted.contains { number in
                known.all[number].place.map {
                    context.seen.hasInSight($0, opening.place)
                } ?? false
            }
            return isGranted ? nil : boxKey
        }
        if let words = recovery.keys, named.contains(words.box) == false {
            lacking.append(words.box)
        }
        return lacking.sorted()
    }
}
