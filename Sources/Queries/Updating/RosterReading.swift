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
            guard var act = RosterAct(try source.entry(at: offset), at: place) else { continue }
            if act.mayBeNamed {
                let finder = ChainFinder(store: store, source: source, log: place.log)
                act.chain = try finder.chain(at: place.seq)
            }
            acts.append(act)
        }
        return RosterFold(
            partnership: partnership, identities: identities, logs: logs, seen: seen, acts: acts
        ).roster()
    }
}
