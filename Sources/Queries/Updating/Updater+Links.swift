// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

extension Updater {
    /// Looks again at entries with a link that was not known: those that were read now, those about
    /// places that came, and those whose author's log names more than it did, by a base that counts
    /// only now.
    func takeUpStranded(
        _ late: [Claim], _ links: LinkResolver, before: [UInt64]
    ) throws(Failure) {
        var entries = reading.stranded
        reading.stranded = []
        let known = try woken(late, before: before)
        for place in known.keys.sorted(by: { $0.raw < $1.raw }) {
            guard let entry = known[place] else { continue }
            try store.remove(entry)
            entries.append(entry)
        }
        for entry in entries { try take(entry, links) }
    }

    /// Holds the histories that new entries give of their records against what is held: what is not
    /// there is looked for from now on.
    func checkPins(_ claims: ClaimCheck) throws(Failure) {
        var missing: Set<Int> = []
        for pin in reading.pins {
            let place = EntryRef(raw: reading.fresh[pin.entry].place)
            let record = EntryRef(raw: reading.fresh[pin.entry].record)
            guard bounds.contains(record),
                try claims.point(at: record.seq, of: record.log)?.chain == pin.history
            else {
                missing.insert(pin.entry)
                reading.stranded.append(
                    LogReading.Stranded(
                        link: pin.link, place: place, offset: reading.fresh[pin.entry].offset))
                continue
            }
            reading.fresh[pin.entry].isFound = true
        }
        guard missing.isEmpty == false else { return }
        reading.fresh = reading.fresh.indices.filter { missing.contains($0) == false }
            .map { reading.fresh[$0] }
    }

    /// Those of them that were read before.
    private func woken(
        _ late: [Claim], before: [UInt64]
    ) throws(Failure) -> [EntryRef: LogReading.Stranded] {
        var known: [EntryRef: LogReading.Stranded] = [:]
        for (log, seqs) in arrived(since: before) {
            for entry in try store.stranded(about: log, seqs) { known[entry.place] = entry }
        }
        for claim in late {
            for entry in try store.stranded(about: claim.about, 1...claim.upTo)
            where isFrom(claim.place, entry.place) { known[entry.place] = entry }
        }
        return known
    }

    /// Whether an entry has in sight what a base of another one names.
    private func isFrom(_ base: EntryRef, _ entry: EntryRef) -> Bool {
        table.id(of: base.log) == table.id(of: entry.log) && entry.seq >= base.seq
    }

    /// The places that were read now, by node.
    func arrived(since before: [UInt64]) -> [(log: LogID, seqs: ClosedRange<UInt64>)] {
        rows.indices.compactMap { index in
            let (row, last) = (rows[index], index < before.count ? before[index] : 0)
            guard let tip = row.position?.tip.seq, tip > last else { return nil }
            return (row.id, last + 1...tip)
        }
    }

    /// What links mean now to places that have come, or that a base names which counts only now.
    /// Gives the entries with a link to one that says it repeats another: the records that they are
    /// about have to be folded again. Nil where a link means something else than it was taken to:
    /// then what was folded has to be taken back.
    func linksAsAssumed(
        _ links: LinkResolver, _ late: [Claim], before: [UInt64]
    ) throws(Failure) -> [EntryRef]? {
        var items: Set<AssumedLink> = []
        for (log, seqs) in arrived(since: before) {
            items.formUnion(try store.assumed(about: log, seqs))
        }
        for claim in late {
            let open = try store.assumed(about: claim.about, 1...claim.upTo)
            items.formUnion(open.filter { isFrom(claim.place, $0.entry) })
        }
        var repeated: [EntryRef] = []
        for item in items {
            let meaning = try links.meaning(of: item.link, in: item.entry)
            switch meaning {
            case .repeated: repeated.append(item.entry)
            case .entry(let entry):
                guard entry.branch == item.named else { return nil }
            case .assumed(let entry), .unknown(let entry):
                guard entry.branch == item.named else { return nil }
                continue
            }
            try store.remove(item)
        }
        return repeated
    }

    private func take(
        _ entry: LogReading.Stranded, _ links: LinkResolver
    ) throws(Failure) {
        guard let header = try sources[entry.place.log]?.entry(at: entry.offset).header else {
            return reading.stranded.append(entry)
        }
        guard case .other(let named, let history) = header.subject else { return }
        let id = EntryID(log: named.log, seq: named.seq)
        guard let record = try links.entry(id, history: history, of: entry.place) else {
            return reading.stranded.append(
                LogReading.Stranded(link: id, place: entry.place, offset: entry.offset))
        }
        reading.fresh.append(
            LogReading.Fresh(
                record: record.raw, place: entry.place.raw, offset: entry.offset, number: 0,
                isFound: true))
    }

    /// Looks at entries that were taken to be about a record because the log had named its log:
    /// where it names another history of it too, that may be another record of the same number.
    func checkHistories(_ links: LinkResolver) throws(Failure) {
        guard links.open.isEmpty == false else { return }
        var known: [LogIndex: [LogIndex: Bool]] = [:]
        var kept: [LogReading.Fresh] = []
        kept.reserveCapacity(reading.fresh.count)
        for entry in reading.fresh {
            let (place, record) = (EntryRef(raw: entry.place), EntryRef(raw: entry.record))
            let id = table.entry(at: record)
            guard entry.isFound == false, id.log != table.id(of: place.log) else {
                kept.append(entry)
                continue
            }
            var isUnsure = known[place.log]?[record.log]
            if isUnsure == nil {
                isUnsure = links.open.name(id.log, by: place, links.causality)
                known[place.log, default: [:]][record.log] = isUnsure
            }
            guard isUnsure == true,
                try links.entry(id, history: nil, of: place) != record
            else {
                kept.append(entry)
                continue
            }
            reading.stranded.append(
                LogReading.Stranded(link: id, place: place, offset: entry.offset))
        }
        reading.fresh = kept
    }
}
