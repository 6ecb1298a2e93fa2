// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

extension RosterFold {
    /// An act that ends a key's access.
    struct Cut {
        let place: EntryRef
        let key: DeviceKey
        /// The last entries that count, by log; logs that are not listed are cut at 0.
        let listed: [LogID: [PinnedEntry]]
        /// The acts that name this one and take it back.
        let lifts: [EntryRef]
    }

    static func cuts(_ acts: [RosterAct], _ named: [PinnedEntry: EntryRef]) -> [Cut] {
        struct Lifted: Hashable {
            let cut: EntryRef
            let key: DeviceKey
        }
        var lifts: [Lifted: [EntryRef]] = [:]
        for act in acts {
            guard case .reinstated(let key, let cuts, _) = act.event else { continue }
            for cut in Set(cuts.compactMap { named[$0] }) {
                lifts[Lifted(cut: cut, key: key), default: []].append(act.place)
            }
        }
        return acts.compactMap { act in
            guard case .cut(let key, let places, _) = act.event else { return nil }
            return Cut(
                place: act.place, key: key, listed: Dictionary(grouping: places, by: \.log),
                lifts: lifts[Lifted(cut: act.place, key: key)] ?? [])
        }
    }

    /// Cuts the devices of a rank by what the ranks above it say.
    mutating func cut(_ rank: Int) {
        let binding = cuts.filter { cut in
            entrances[cut.key]?.rank == rank
                && (isAbove(rank, cut.place) || recovery.mayCut(cut.place))
                && isLifted(cut, from: rank) == false
        }
        for cut in binding { apply(cut) }
    }

    /// Cuts the devices of a rank by what their own rank says of them, where it was said of a
    /// device of a lower one. Who cut each other are both out.
    mutating func cutPeers(_ rank: Int) {
        var raised: [DeviceKey: Raising] = [:]
        let binding = cuts.filter { cut in
            guard let known = entrances[cut.key], known.rank == rank,
                self.rank(at: cut.place) == rank
            else { return false }
            let raising = raised[cut.key] ?? Raising(known, to: rank, self)
            raised[cut.key] = raising
            return raising.isBelow(at: cut.place, context.seen)
                && isLifted(cut, from: rank) == false
        }
        for cut in binding { apply(cut) }
    }

    private mutating func apply(_ cut: Cut) {
        bindingCuts.insert(cut.place)
        cutKeys.insert(cut.key)
        for log in context.logsByKey[cut.key] ?? [] {
            let listed = cut.listed[context.logs.id(of: log)] ?? []
            limits[log] = min(limits[log] ?? .max, context.limit(of: log, by: listed))
        }
    }

    /// Whether someone whose rank is above this one and not below that of the cut's author, and who
    /// has seen the cut, takes it back.
    private func isLifted(_ cut: Cut, from rank: Int) -> Bool {
        let author = recovery.mayCut(cut.place) ? 0 : self.rank(at: cut.place) ?? 0
        let least = min(rank - 1, author)
        return cut.lifts.contains { lift in
            self.rank(at: lift).map { $0 <= least } ?? false
                && context.seen.hasInSight(lift, cut.place)
        }
    }

    private func isAbove(_ rank: Int, _ place: EntryRef) -> Bool {
        self.rank(at: place).map { $0 < rank } ?? false
    }
}

/// By which enrolments a device came to its rank, and which had given it a lower one.
private struct Raising {
    private struct Step {
        let place: EntryRef?
        /// Enrolments with a lower rank that replace this one.
        let undoneBy: [EntryRef]
    }

    private let steps: [Step]
    /// Enrolments with a lower rank that every one of these was made upon.
    private let lower: [EntryRef]

    init(_ known: KeyEntrances, to rank: Int, _ fold: RosterFold) {
        let raising = known.counted.filter { known.all[$0].role.rank <= rank }
        let undoing = known.counted.filter { known.all[$0].role.rank > rank }
        steps = raising.map { number in
            Step(
                place: known.all[number].place,
                undoneBy: undoing.filter { known.replaces($0).contains(number) }
                    .compactMap { known.all[$0].place })
        }
        let places = raising.compactMap { known.all[$0].place }
        lower = known.all.compactMap { entrance in
            guard entrance.role.rank > rank, let place = entrance.place,
                fold.rank(at: place).map({ $0 <= rank }) ?? false,
                places.allSatisfy({ fold.context.seen.hasInSight($0, place) })
            else { return nil }
            return place
        }
    }

    /// Whether the device had a lower rank for the author of an act.
    func isBelow(at act: EntryRef, _ seen: Causality) -> Bool {
        let known = steps.filter { step in step.place.map { seen.hasInSight(act, $0) } ?? true }
        guard known.isEmpty else {
            return known.allSatisfy { $0.undoneBy.contains { seen.hasInSight(act, $0) } }
        }
        return lower.contains { seen.hasInSight(act, $0) }
            || steps.allSatisfy { step in step.place.map { seen.hasInSight($0, act) } ?? false }
    }
}
