// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

extension Updater {
    /// The records that the logs of these entries wrote to from there on, and so did those that go
    /// on from them.
    func records(
        touchedBy late: [EntryRef], _ repeats: RepeatedEntries
    ) throws(Failure) -> [EntryRef] {
        var first: [LogIndex: UInt64] = [:]
        for place in late { first[place.log] = min(first[place.log] ?? .max, place.seq) }
        for row in rows {
            guard let parent = row.branch?.parent, first[parent] != nil else { continue }
            first[row.index] = row.from
        }
        var records: Set<EntryRef> = []
        for (log, seq) in first {
            guard let source = sources[log] else { continue }
            let finder = ChainFinder(store: store, source: source, row: rows[Int(log.raw)])
            try finder.visit(from: seq) { entry in
                let touched = mayTouch(entry.header, EntryRef(log, entry.header.seq))
                records.formUnion(touched.map { repeats.counted($0) })
                return true
            }
        }
        return records.sorted { $0.raw < $1.raw }
    }

    /// The records that an entry may be about: of several histories all.
    private func mayTouch(_ header: EntryHeader, _ place: EntryRef) -> [EntryRef] {
        switch LogReading.Subject(of: header, at: place, table, named: [:]) {
        case nil: []
        case .held(let record): [record]
        case .unknown(let id): table.nodes(of: id.log).map { EntryRef($0, id.seq) }
        }
    }
}
