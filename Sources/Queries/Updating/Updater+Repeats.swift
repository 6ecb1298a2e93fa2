// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

extension Updater {
    /// Has records folded again whose entries, or what these mean, are others than before: those
    /// into which something was folded that repeats another entry now, those that link to such a
    /// one, and those of the entries `linking` to what came. Gives the records of which only what
    /// was seen of them may have changed.
    func foldAgain(
        _ found: RepeatCheck.Result, _ linking: [EntryRef], _ links: LinkResolver, before: [UInt64]
    ) throws(Failure) -> [EntryRef] {
        var records: Set<EntryRef> = []
        for entry in linking {
            guard let header = try header(of: entry),
                let named = try links.namedRecord(of: header, at: entry)
            else { continue }
            records.insert(found.before[named] ?? named)
        }
        var seenAnew: Set<EntryRef> = []
        var originals: Set<EntryRef> = []
        for note in found.changed {
            let entry = note.entry
            records.formUnion(try store.records(linkingTo: entry))
            for original in [found.before[entry], found.repeats.originals[entry]] {
                guard let original, originals.insert(original).inserted,
                    let header = try header(of: original),
                    let record = try links.record(of: header, at: original)
                else { continue }
                seenAnew.insert(record)
            }
            guard let header = try sources[entry.log]?.entry(at: note.offset).header,
                let named = try links.namedRecord(of: header, at: entry),
                named == entry || isKnown(entry, before)
            else { continue }
            records.insert(found.before[named] ?? named)
        }
        if records.isEmpty == false { try takeAgain(records, links) }
        return seenAnew.sorted { $0.raw < $1.raw }
    }

    private func isKnown(_ entry: EntryRef, _ before: [UInt64]) -> Bool {
        let log = Int(entry.log.raw)
        return log < before.count && entry.seq <= before[log]
    }

    /// The header of an entry; nil if it is not held.
    private func header(of entry: EntryRef) throws(Failure) -> EntryHeader? {
        guard let source = sources[entry.log] else { return nil }
        let row = rows[Int(entry.log.raw)]
        return try ChainFinder(store: store, source: source, row: row).entry(at: entry.seq)?.header
    }

    private func takeAgain(_ records: Set<EntryRef>, _ links: LinkResolver) throws(Failure) {
        let removal = RecordRemoval(
            store: store, rows: rows, sources: sources, isSearchKept: isSearchKept)
        var taken = Set(reading.fresh.map(\.place))
        for entry in try removal.take(records) where taken.insert(entry.place.raw).inserted {
            guard let header = try sources[entry.place.log]?.entry(at: entry.offset).header
            else { continue }
            if let record = try links.namedRecord(of: header, at: entry.place) {
                reading.fresh.append(
                    LogReading.Fresh(
                        record: record.raw, place: entry.place.raw, offset: entry.offset,
                        number: entry.number))
            } else if case .other(let id, _) = header.subject {
                reading.stranded.append(
                    LogReading.Stranded(link: id, place: entry.place, offset: entry.offset))
            }
        }
    }

    /// Puts entries into the records that count. A record that a repeat creates keeps its number,
    /// by which it is found.
    func standIn(_ repeats: RepeatedEntries) throws(Failure) {
        guard repeats.isEmpty == false else { return }
        for index in reading.fresh.indices {
            let entry = reading.fresh[index]
            let place = EntryRef(raw: entry.place)
            reading.fresh[index].record = repeats.counted(EntryRef(raw: entry.record)).raw
            guard entry.number > 0, repeats.originals[place] != nil else { continue }
            var row = StoredRecord(place: place)
            row.number = entry.number
            try store.save(RecordUpdate(row, was: nil), newSearchRow: nil)
        }
    }
}
