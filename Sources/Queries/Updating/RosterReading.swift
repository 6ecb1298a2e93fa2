// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

/// Works out the roster from the entries about it that the index has noted.
struct RosterReading {
    let store: IndexStore
    let rows: [LogRow]
    let sources: [LogIndex: LogSource]
    let logs: LogTable

    /// `seen` has the same bounds.
    func roster(
        of partnership: PartnershipID, _ seen: Causality, within bounds: Bounds
    ) throws(Failure) -> Roster {
        var identities: [LogIndex: LogIdentity] = [:]
        for row in rows { identities[row.index] = row.identity }
        var acts: [RosterAct] = []
        for (place, offset) in try store.rosterEntries() where bounds.contains(place) {
            guard let source = sources[place.log] else { continue }
            guard let act = RosterAct(try source.entry(at: offset), at: place) else { continue }
            acts.append(act)
        }
        try addChains(&acts)
        return RosterFold(
            partnership: partnership, identities: identities, logs: logs, seen: seen, acts: acts,
            lastSeqs: try lastSeqs(acts, identities, within: bounds),
            places: try places(acts, within: bounds)
        ).roster()
    }

    /// Gives those that others name the chain values that tell their histories apart.
    private func addChains(_ acts: inout [RosterAct]) throws(Failure) {
        let named = Set(acts.flatMap { $0.names.map(\.entry) })
        for index in acts.indices {
            let place = acts[index].place
            let entry = EntryID(log: logs.id(of: place.log), seq: place.seq)
            guard named.contains(entry), let source = sources[place.log] else {
                continue
            }
            let finder = ChainFinder(store: store, source: source, row: rows[Int(place.log.raw)])
            acts[index].chain = try finder.chain(at: place.seq)
        }
    }

    /// Where the entries stand that cuts list, each in the history that it is listed with.
    private func places(
        _ acts: [RosterAct], within bounds: Bounds
    ) throws(Failure) -> NamedPlaces {
        var places = NamedPlaces()
        for row in rows {
            guard let tip = row.position?.tip.seq else { continue }
            places.lastSeqs[row.index] = min(tip, bounds.limit(of: row.index))
        }
        for named in Set(acts.flatMap(\.lastCounted)) where named.seq < EntryRef.seqLimit {
            for log in logs.nodes(of: named.log) where try holds(log, named, places) {
                places.held[named] = EntryRef(log, named.seq)
            }
        }
        return places
    }

    private func holds(
        _ log: LogIndex, _ named: PinnedEntry, _ places: NamedPlaces
    ) throws(Failure) -> Bool {
        let row = rows[Int(log.raw)]
        guard named.seq > 0 else {
            return row.branch == nil && row.identity?.origin.first == named.chain
        }
        guard let source = sources[log], named.seq >= row.from,
            named.seq <= places.lastSeqs[log] ?? 0
        else { return false }
        let finder = ChainFinder(store: store, source: source, row: row)
        return try finder.chain(at: named.seq) == named.chain
    }

    /// How far each log had come by the end of the days that enrolments of its device end with.
    private func lastSeqs(
        _ acts: [RosterAct], _ identities: [LogIndex: LogIdentity], within bounds: Bounds
    ) throws(Failure) -> [RosterFold.Ending: UInt64] {
        let days = Dictionary(grouping: acts.compactMap(\.ending), by: \.key)
        var lastSeqs: [RosterFold.Ending: UInt64] = [:]
        guard days.isEmpty == false else { return lastSeqs }
        for (log, identity) in identities {
            guard let source = sources[log] else { continue }
            let finder = ChainFinder(store: store, source: source, row: rows[Int(log.raw)])
            for day in Set((days[identity.key] ?? []).map(\.day)) {
                guard let end = day.end else { continue }
                lastSeqs[RosterFold.Ending(log: log, day: day)] = min(
                    try finder.seq(at: end), bounds.limit(of: log))
            }
        }
        return lastSeqs
    }
}
