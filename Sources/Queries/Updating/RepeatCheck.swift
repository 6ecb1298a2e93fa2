// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Finds which entries repeat which, from what was read now and before.
struct RepeatCheck {
    let store: IndexStore
    let rows: [LogRow]
    let table: LogTable
    let sources: [LogIndex: LogSource]
    let bounds: Bounds
    let causality: Causality

    /// What is so from now on.
    struct Result {
        var repeats = RepeatedEntries.none
        /// All entries that say that they repeat another.
        var namers: Set<EntryRef> = []
        /// As they were before, those that repeat another entry now than then, or one or none.
        var changed: [RepeatNote] = []
        /// What each repeat repeated before.
        var before: [EntryRef: EntryRef] = [:]
        /// Of what is named, as far as it was looked up now.
        var headers: [EntryRef: EntryHeader] = [:]
    }

    /// Takes in what was read now; `arrived` are the places that came.
    func check(
        _ new: [LogReading.Repeat], arrived: [(log: LogID, seqs: ClosedRange<UInt64>)]
    ) throws(Failure) -> Result {
        var open: [EntryRef: RepeatNote] = [:]
        for (log, seqs) in arrived {
            for note in try store.openRepeats(about: log, seqs, table) { open[note.entry] = note }
        }
        for item in new {
            open[item.entry] = RepeatNote(
                entry: item.entry, offset: item.offset, named: item.named)
        }
        var headers: [EntryRef: EntryHeader] = [:]
        var unfit: [RepeatNote] = []
        for note in open.values where try look(at: note, &headers) == false {
            // Another one that names the same may have stood for it.
            if note.original != nil { unfit.append(note) }
        }
        let notes = try store.repeatNotes(table)
        guard notes.isEmpty == false || unfit.isEmpty == false else { return Result() }
        var result = try result(notes)
        result.headers = headers
        for note in unfit {
            result.before[note.entry] = note.original
            result.changed.append(note)
        }
        return result
    }

    private func result(_ notes: [RepeatNote]) throws(Failure) -> Result {
        var namings = notes.compactMap { note in
            note.held.map { RepeatedEntries.Naming(entry: note.entry, named: $0) }
        }
        namings.removeAll { counts($0.named) == false }
        namings += try standIns(notes.filter { $0.held.map { counts($0) == false } ?? true })
        var result = Result()
        result.repeats = RepeatedEntries(namings, admissions: rows.map(\.admission), table)
        for note in notes {
            result.namers.insert(note.entry)
            result.before[note.entry] = note.original
            var now = note
            now.original = result.repeats.originals[note.entry]
            guard now.original != note.original else { continue }
            try store.save(now)
            result.changed.append(note)
        }
        return result
    }

    /// Notes what is named once that is held. False for an entry that can never be a repeat of it,
    /// which is let go.
    private func look(
        at note: RepeatNote, _ headers: inout [EntryRef: EntryHeader]
    ) throws(Failure) -> Bool {
        var noted = note
        for node in table.nodes(of: note.named.log) where note.named.seq < EntryRef.seqLimit {
            let place = EntryRef(node, note.named.seq)
            guard let named = try view(place), named.chain.first == note.named.chain else {
                continue
            }
            guard try isFit(named, at: place, for: note) else {
                try store.remove(note)
                return false
            }
            noted.held = place
            headers[place] = named.header
        }
        try store.save(noted)
        return true
    }

    /// Whether an entry may be what another one of the same device repeats: it stands in another
    /// log or history, and is of the same type.
    private func isFit(
        _ named: EntryView, at place: EntryRef, for note: RepeatNote
    ) throws(Failure) -> Bool {
        let (entry, row) = (note.entry, rows[Int(place.log.raw)])
        guard isApart(entry, place), row.absent.isRotten(place.seq) == false,
            named.body != nil, named.header.isFromLaterVersion == false,
            let own = try sources[entry.log]?.entry(at: note.offset, checksBody: false)
        else { return false }
        return try likeness(own, at: entry) == likeness(named, at: place)
    }

    /// What two entries have in common of which one may repeat the other: nobody has others see
    /// one act and lets it become another afterwards.
    private struct Likeness: Hashable {
        let key: DeviceKey?
        let type: EntryType
        let kind: Subject
        /// The record that both are about, as it was first named.
        let record: Named?
        /// What is said, with one link in the place of all, without the name of what is repeated.
        let words: CBORValue?
    }

    private struct Named: Hashable {
        let id: EntryID
        let chain: Bytes16?
    }

    private func likeness(_ entry: EntryView, at place: EntryRef) throws(Failure) -> Likeness {
        Likeness(
            key: rows[Int(place.log.raw)].identity?.key, type: entry.header.label,
            kind: RepeatCheck.kind(entry.header.subject),
            record: try record(of: entry.header, at: place), words: try words(of: entry))
    }

    private func words(of entry: EntryView) throws(Failure) -> CBORValue? {
        guard case .map(var pairs)? = entry.said else { return nil }
        pairs[.text(EntryNote.again)] = nil
        return try CBORValue.map(pairs).replacingLinks { _ in Link(own: 1) }
    }

    /// The record of an entry; one that says that it repeats another by that one's name.
    private func record(
        of header: EntryHeader, at place: EntryRef
    ) throws(Failure) -> Named? {
        switch header.subject {
        case .none, .creates: return nil
        case .other(let id, let chain):
            return Named(id: EntryID(log: id.log, seq: id.seq), chain: chain)
        case .own(let seq):
            let entry = table.entry(seq, before: place.log)
            guard let view = try view(entry) else { return nil }
            let name = view.again
            return Named(
                id: EntryID(log: name?.log ?? table.id(of: entry.log), seq: name?.seq ?? seq),
                chain: name?.chain ?? view.chain.first)
        }
    }

    private func counts(_ entry: EntryRef) -> Bool {
        rows[Int(entry.log.raw)].admission?.role(at: entry.seq) != nil
    }

    /// Of entries that name one which is not held, or does not count, the first that counts stands
    /// for it: a folder
    /// that was put back twice from one copy makes two of them.
    private func standIns(
        _ notes: [RepeatNote]
    ) throws(Failure) -> [RepeatedEntries.Naming] {
        let order = CanonicalOrder(table)
        var namings: [RepeatedEntries.Naming] = []
        for notes in Dictionary(grouping: notes, by: \.named).values where notes.count > 1 {
            var firsts: [Likeness: EntryRef] = [:]
            for note in notes.sorted(by: { order.precedes($0.entry, $1.entry) }) {
                let entry = note.entry
                guard counts(entry),
                    let view = try sources[entry.log]?.entry(at: note.offset, checksBody: false)
                else { continue }
                let likeness = try likeness(view, at: entry)
                guard let first = firsts[likeness] else {
                    firsts[likeness] = entry
                    continue
                }
                guard isApart(entry, first) else { continue }
                namings.append(RepeatedEntries.Naming(entry: entry, named: first))
            }
        }
        return namings
    }

    /// Whether two entries are two, and stand in no one history of a log.
    private func isApart(_ entry: EntryRef, _ other: EntryRef) -> Bool {
        entry != other && causality.isBefore(entry, inLogOf: other) == false
            && causality.isBefore(other, inLogOf: entry) == false
    }

    private enum Subject {
        case none, creates, record
    }

    private static func kind(_ subject: EntrySubject) -> Subject {
        switch subject {
        case .none: .none
        case .creates: .creates
        case .own, .other: .record
        }
    }

    /// The entry at a place, its body unchecked; nil if it is not held.
    private func view(_ place: EntryRef) throws(Failure) -> EntryView? {
        let row = rows[Int(place.log.raw)]
        guard place.seq >= row.from, place.seq <= row.end ?? .max,
            place.seq <= row.position?.tip.seq ?? 0, bounds.contains(place),
            let source = sources[place.log]
        else { return nil }
        return try ChainFinder(store: store, source: source, row: row).entry(at: place.seq)
    }
}
