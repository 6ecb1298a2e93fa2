// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

extension Updater {
    /// Looks again at entries with a link that was not known: those that were read now, and those
    /// about logs that grew, or that a base names which counts only now.
    func takeUpStranded(_ late: [Claim], _ links: LinkResolver) throws(Failure) {
        var about = Set(late.map(\.about))
        for row in rows where reading.chains[row.index]?.values.isEmpty == false {
            about.insert(row.id)
        }
        var entries = reading.stranded
        reading.stranded = []
        for log in about.sorted() {
            let known = try store.stranded(about: log)
            guard known.isEmpty == false else { continue }
            entries += known
            try store.removeStranded(about: log)
        }
        for entry in entries { try take(entry, links) }
    }

    private func take(
        _ entry: LogReading.Stranded, _ links: LinkResolver
    ) throws(Failure) {
        guard let header = try sources[entry.place.log]?.entry(at: entry.offset).header else {
            return reading.stranded.append(entry)
        }
        let subject = LogReading.Subject(of: header, at: entry.place, table, named: [:])
        var record: EntryRef?
        switch subject {
        case nil: return
        case .held(let held): record = held
        case .unknown(let id):
            guard case .other(_, let history) = header.subject else { return }
            record = try links.entry(id, history: history, of: entry.place)
            guard record != nil else {
                return reading.stranded.append(
                    LogReading.Stranded(link: id, place: entry.place, offset: entry.offset))
            }
        }
        guard let record else { return }
        reading.fresh.append(
            LogReading.Fresh(
                record: record.raw, place: entry.place.raw, offset: entry.offset, number: 0,
                wasStranded: true))
    }

    /// Looks at entries that were taken to be about a record because the log had named its log:
    /// where it names another history of it too, that may be another record of the same number.
    func checkHistories(_ links: LinkResolver) throws(Failure) {
        guard try store.hasUncounted() else { return }
        var known: [LogIndex: [LogIndex: Bool]] = [:]
        var kept: [LogReading.Fresh] = []
        kept.reserveCapacity(reading.fresh.count)
        for entry in reading.fresh {
            let (place, record) = (EntryRef(raw: entry.place), EntryRef(raw: entry.record))
            let id = table.entry(at: record)
            guard entry.wasStranded == false, id.log != table.id(of: place.log) else {
                kept.append(entry)
                continue
            }
            var isUnsure = known[place.log]?[record.log]
            if isUnsure == nil {
                isUnsure = try store.hasUncounted(place.log, about: id.log)
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
