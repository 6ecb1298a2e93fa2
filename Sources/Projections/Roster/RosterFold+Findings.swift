// SPDX-License-Identifier: MIT
import Basics
import Merging

extension RosterFold {
    /// So many of the logs that are too many are named.
    private static let namedLogs = 16

    /// By device, then as the matters are listed.
    func findings(_ names: LogNames) -> [RosterFinding] {
        let keys = entrances.keys.sorted()
        let idle = Dictionary(grouping: cuts, by: \.key).mapValues { cuts in
            cuts.filter { $0.lifts.isEmpty }.map(\.place)
                .filter { bindingCuts.contains($0) == false }
        }
        return keys.compactMap { enrolledTwice($0) } + keys.compactMap { lessened($0) }
            + keys.compactMap { notBelow($0, idle: idle[$0] ?? []) }
            + sharedSigns + keys.compactMap { tooManyLogs($0, names) }
            + [wordsUsedApart].compactMap(\.self)
    }

    private func tooManyLogs(_ key: DeviceKey, _ names: LogNames) -> RosterFinding? {
        let surplus = entrances[key]?.present == nil ? [] : surplus(key, names)
        guard surplus.isEmpty == false else { return nil }
        let starts = surplus.prefix(RosterFold.namedLogs).map { log in
            EntryRef(log, max(1, context.start(of: log).seq))
        }
        return finding(.tooManyLogs, key, starts)
    }

    private var wordsUsedApart: RosterFinding? {
        guard let first = recovery.apart.first, let key = context.key(of: first.log) else {
            return nil
        }
        return finding(.wordsUsedApart, key, recovery.apart)
    }

    private func enrolledTwice(_ key: DeviceKey) -> RosterFinding? {
        guard let known = entrances[key], let present = known.present else { return nil }
        // Who ranks higher and had seen what another said has decided.
        let others = present.others.filter { number in
            known.authorRanks[number] == known.authorRanks[present.number]
                || isSeen(known.all[number], by: known.all[present.number]) == false
        }
        guard others.isEmpty == false else { return nil }
        let numbers = [present.number] + others
        return finding(.enrolledTwice, key, numbers.compactMap { known.all[$0].place })
    }

    /// A device that one gave less than an equal of theirs had: what it wrote meanwhile may count
    /// no more, and nobody above has said what it is.
    private func lessened(_ key: DeviceKey) -> RosterFinding? {
        guard let known = entrances[key], let present = known.present?.number,
            known.permitsLess(present), let place = known.all[present].place
        else { return nil }
        let others = known.replaces(present).filter { other in
            guard let otherPlace = known.all[other].place else { return false }
            return known.authorRanks[present] == known.authorRanks[other]
                && context.key(of: place.log) != context.key(of: otherPlace.log)
        }
        guard others.isEmpty == false else { return nil }
        return finding(.lessened, key, ([present] + others).compactMap { known.all[$0].place })
    }

    private func isSeen(_ one: Entrance, by other: Entrance) -> Bool {
        guard let place = one.place, let decision = other.place else { return true }
        return context.seen.hasInSight(decision, place)
    }

    /// What those said of a device whose rank is not above its own: enrolments that no counted one
    /// replaces, and cuts that do not bind and nobody took back.
    private func notBelow(_ key: DeviceKey, idle: [EntryRef]) -> RosterFinding? {
        guard let known = entrances[key], let rank = known.rank else { return nil }
        let replaced = Set(known.counted.flatMap { known.replaces($0) })
        let enrolments = known.all.indices.filter { replaced.contains($0) == false }
            .compactMap { known.all[$0].place }
        let places = (enrolments + idle).filter { place in
            self.rank(at: place).map { $0 < 3 && $0 >= rank } ?? false
        }
        return places.isEmpty ? nil : finding(.notBelow, key, places)
    }

    private func finding(
        _ matter: RosterFinding.Matter, _ key: DeviceKey, _ places: [EntryRef]
    ) -> RosterFinding {
        RosterFinding(matter, key, places.sorted { context.order.precedes($0, $1) })
    }
}
