// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// What the acts of a roster are judged by, and which none of them changes.
struct RosterContext {
    /// Of the partnership's logs.
    let identities: [LogIndex: LogIdentity]
    let logsByKey: [DeviceKey: [LogIndex]]
    let logs: LogTable
    let seen: Causality
    let order: CanonicalOrder
    private let lastSeqs: [RosterFold.Ending: UInt64]
    private let places: NamedPlaces

    init(
        _ identities: [LogIndex: LogIdentity], _ logs: LogTable, _ seen: Causality,
        _ lastSeqs: [RosterFold.Ending: UInt64], _ places: NamedPlaces
    ) {
        self.identities = identities
        self.logs = logs
        self.seen = seen
        self.lastSeqs = lastSeqs
        self.places = places
        let order = CanonicalOrder(logs)
        self.order = order
        logsByKey = Dictionary(grouping: identities.keys) { identities[$0]?.key }
            .reduce(into: [:]) { found, group in
                guard let key = group.key else { return }
                found[key] = group.value.sorted {
                    order.precedes(EntryRef($0, 0), EntryRef($1, 0))
                }
            }
    }

    /// The founder's first log; nil while it is not held.
    var founder: LogIdentity? { identities.values.first { $0.isFounding } }

    func key(of log: LogIndex) -> DeviceKey? { identities[log]?.key }

    /// The place before the first entry of a log's first node, and the first entry of another one.
    func start(of log: LogIndex) -> EntryRef { EntryRef(log, logs.branch(of: log)?.from ?? 0) }

    /// The entries of a log that an enrolment applies to; nil for none.
    func term(
        of number: Int, _ entrances: KeyEntrances, in log: LogIndex, after before: Set<LogID>
    ) -> Holding.Term? {
        let entrance = entrances.all[number]
        var first: UInt64 = 1
        if let from = entrance.said.from {
            let id = logs.id(of: log)
            guard before.contains(id) == false else { return nil }
            if from.log == id { first = from.seq == .max ? .max : from.seq + 1 }
        }
        if entrance.isLater, let place = entrance.place {
            // Who lessens somebody does not undo what they had seen of them.
            first = max(
                first,
                entrances.permitsLess(number)
                    ? seen.reach(of: place, about: log) + 1
                    : seen.firstSight(of: place, from: log))
        }
        var last = UInt64.max
        if let day = entrance.said.until {
            last = lastSeqs[RosterFold.Ending(log: log, day: day)] ?? 0
        }
        guard first < .max, first <= last else { return nil }
        return Holding.Term(number: number, from: first, through: last)
    }

    /// The last seq of a node that counts where a cut lists some places of its log: those that
    /// stand in its history, before it or after it. Of several the least counts.
    func limit(of log: LogIndex, by listed: [PinnedEntry]) -> UInt64 {
        let seqs = listed.filter { isInLine(log, $0) }.map(\.seq)
        return seqs.min() ?? 0
    }

    /// Whether what a cut lists is not held, so that what it cuts depends on what comes.
    func isAwaited(_ named: PinnedEntry) -> Bool { places.held[named] == nil }

    /// Whether a node and an entry stand in one history. An entry that is not held may be one that
    /// is to come in any history that holds no other in its place.
    private func isInLine(_ log: LogIndex, _ named: PinnedEntry) -> Bool {
        guard let place = places.held[named] else {
            let last = places.lastSeqs[log] ?? 0
            let start = start(of: log).seq
            return named.seq > last && named.seq >= start
        }
        return logs.entry(place.seq, before: log) == place
            || logs.isBefore(log, theNodeOf: place)
    }

    /// The logs that come before one in the chain that `previous` makes.
    func ancestors(of log: LogID) -> Set<LogID> {
        var ancestors: Set<LogID> = []
        var next = logs.index(of: log).flatMap { identities[$0]?.birth.previous?.log }
        while let id = next, ancestors.insert(id).inserted {
            next = logs.index(of: id).flatMap { identities[$0]?.birth.previous?.log }
        }
        ancestors.remove(log)
        return ancestors
    }
}
