// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging
import Logs
import Projections

/// What an entry says of devices and keys, and how others name it.
package struct RosterEntry: Sendable {
    /// Nil for an entry that says nothing of them, or nothing that can be used.
    package let event: RosterEvent?
    package let name: PinnedEntry
}

extension Book {
    /// Those of the entries that are held. Each log is read once, however many of its entries are
    /// asked for: thousands may stand in one batch.
    package func rosterEntries(
        _ places: [EntryRef]
    ) throws(Failure) -> [EntryRef: RosterEntry] {
        var found: [EntryRef: RosterEntry] = [:]
        var seqsByLog: [LogIndex: [UInt64]] = [:]
        for named in places {
            let place = logs.entry(named.seq, before: named.log)
            guard place.seq <= row(place.log).position?.tip.seq ?? 0 else { continue }
            seqsByLog[place.log, default: []].append(place.seq)
        }
        for (log, seqs) in seqsByLog {
            guard let source = sources[log] else { continue }
            var left = Set(seqs).sorted()[...]
            let finder = ChainFinder(store: store, source: source, row: row(log))
            while let first = left.first {
                try finder.visit(from: first, checksBodies: true) { (entry) throws(Failure) in
                    let seq = entry.header.seq
                    guard let next = left.first else { return false }
                    // What lies far ahead is gone to from its own mark.
                    guard seq >= next else { return next - seq < Book.farAhead }
                    left.removeFirst()
                    found[EntryRef(log, seq)] = RosterEntry(
                        event: entry.said.flatMap { RosterEvent(type: entry.header.type, $0) },
                        name: PinnedEntry(log: logs.id(of: log), seq: seq, chain: entry.chain.first)
                    )
                    return left.isEmpty == false
                }
                if left.first == first { left.removeFirst() }
            }
        }
        return found
    }

    /// About as many entries as there are from one mark to the next.
    private static let farAhead: UInt64 = 128
}
