// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging

/// Works out the roster from the acts of all logs, rank by rank, so that nothing goes in circles.
///
/// `Docs/Formats/Entry.md` is normative. Each rank is enrolled, cut and reinstated by the ranks
/// above it, and its own acts are judged only once all that those say is known.
package struct RosterFold {
    /// The entries of a log that were written by the end of a day.
    package struct Ending: Hashable, Sendable {
        package let log: LogIndex
        package let day: CivilDay

        package init(log: LogIndex, day: CivilDay) {
            self.log = log
            self.day = day
        }
    }

    let context: RosterContext
    /// In timeline order.
    let acts: [RosterAct]
    let cuts: [Cut]
    /// Acts by the names that others may give them.
    let named: [PinnedEntry: EntryRef]
    let recovery: RecoveryLine
    var entrances: [DeviceKey: KeyEntrances]
    /// Of each log: which enrolment decides on each rank, from the lead's on.
    var holdings: [LogIndex: [Holding?]] = [:]
    /// The last seq that counts of each log of a device that was cut; others are not listed.
    var limits: [LogIndex: UInt64] = [:]
    /// The cuts that bind, and the keys that they end the access of.
    var bindingCuts: Set<EntryRef> = []
    var cutKeys: Set<DeviceKey> = []

    /// `lastSeqs` has the last seq of each log by the end of each day that an enrolment of its key
    /// ends with.
    package init(
        partnership: PartnershipID, identities: [LogIndex: LogIdentity], logs: LogTable,
        seen: Causality, acts: [RosterAct], lastSeqs: [Ending: UInt64] = [:],
        places: NamedPlaces = NamedPlaces()
    ) {
        let own = identities.filter { $0.value.partnership == partnership }
        context = RosterContext(own, logs, seen, lastSeqs, places)
        let order = TimelineOrder(logs)
        self.acts = acts.filter { own[$0.place.log] != nil }.sorted {
            order.precedes(($0.time, $0.place), ($1.time, $1.place))
        }
        named = RosterFold.named(self.acts, logs)
        recovery = RecoveryLine(context, self.acts)
        cuts = RosterFold.cuts(self.acts, named)
        entrances = RosterFold.entrances(self.acts, context, named)
        for words in recovery.signers { entrances[words] = nil }
    }

    /// Whether later entries that are not about the roster may change it.
    package var looksAhead: Bool {
        acts.contains { $0.looksAhead || $0.lastCounted.contains(where: context.isAwaited) }
    }

    package func roster() -> Roster {
        guard context.founder != nil else { return .empty }
        var fold = self
        fold.countEnrolments(by: 0)
        fold.hold(1)
        fold.cut(1)
        for rank in 1...2 {
            fold.cutPeers(rank)
            fold.countEnrolments(by: rank)
            fold.hold(rank + 1)
            fold.cut(rank + 1)
        }
        return fold.result()
    }

    /// The rank that an entry's author had there, as far as it is known; 0 for recovery words, nil
    /// for none.
    func rank(at place: EntryRef) -> Int? {
        guard place.seq <= limits[place.log] ?? .max, let key = context.key(of: place.log) else {
            return nil
        }
        if recovery.signers.contains(key) { return recovery.counts(place) ? 0 : nil }
        guard let known = entrances[key] else { return nil }
        for (index, holding) in (holdings[place.log] ?? []).enumerated() {
            guard let number = holding?.number(at: place.seq) else { continue }
            if known.all[number].role.rank == index + 1 { return index + 1 }
        }
        return nil
    }

    /// Counts the enrolments that devices of a rank made of lower ranks. The founder's device is
    /// the lead's at all its entries: one that said less would undo all that it ever did.
    private mutating func countEnrolments(by rank: Int) {
        for (key, known) in entrances where known.isFounder == false {
            for (number, entrance) in known.all.enumerated() {
                guard let place = entrance.place, entrance.role.rank > rank,
                    self.rank(at: place) == rank
                else { continue }
                entrances[key]?.count(number, by: rank)
            }
        }
    }

    /// Works out for every log which enrolment decides on a rank.
    private mutating func hold(_ rank: Int) {
        for (key, known) in entrances {
            let deciding = known.deciding(rank)
            let before = deciding.map { number in
                known.all[number].said.from.map { context.ancestors(of: $0.log) } ?? []
            }
            let replaces = known.all.indices.map { known.replaces($0) }
            let weights = known.all.indices.map { known.weight(of: $0) }
            for log in context.logsByKey[key] ?? [] {
                let terms = zip(deciding, before).compactMap { number, before in
                    context.term(of: number, known, in: log, after: before)
                }
                let holding =
                    terms.isEmpty ? nil : Holding(terms, replaces: replaces, weights: weights)
                holdings[log, default: []].append(holding)
            }
        }
    }
}

extension RosterFold {
    /// Acts by the names that others may give them.
    private static func named(_ acts: [RosterAct], _ logs: LogTable) -> [PinnedEntry: EntryRef] {
        var named: [PinnedEntry: EntryRef] = [:]
        for act in acts {
            guard let chain = act.chain else { continue }
            let id = logs.id(of: act.place.log)
            named[PinnedEntry(log: id, seq: act.place.seq, chain: chain)] = act.place
        }
        return named
    }

    private static func entrances(
        _ acts: [RosterAct], _ context: RosterContext, _ named: [PinnedEntry: EntryRef]
    ) -> [DeviceKey: KeyEntrances] {
        var found: [DeviceKey: [Entrance]] = [:]
        if let founder = context.founder {
            found[founder.key] = [founding(founder, acts, context)]
        }
        for act in acts {
            guard case .enrolled(let said) = act.event else { continue }
            found[said.key, default: []].append(
                Entrance(isFounding: false, entry: act.place, time: act.time, said: said))
        }
        return found.mapValues { KeyEntrances($0, context.order, named: named) }
    }

    private static func founding(
        _ founder: LogIdentity, _ acts: [RosterAct], _ context: RosterContext
    ) -> Entrance {
        var holder = DeviceHolder(callSign: "")
        var time = HybridTime(raw: 0)
        var entry: EntryRef?
        for act in acts where context.key(of: act.place.log) == founder.key {
            if case .founded(_, let said) = act.event {
                holder = said
                time = act.time
                entry = act.place
                break
            }
        }
        let said = Enrolment(founder.key, boxKey: founder.birth.boxKey, as: .lead, holder)
        return Entrance(isFounding: true, entry: entry, time: time, said: said)
    }
}
