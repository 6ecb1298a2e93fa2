// SPDX-License-Identifier: MIT
import Basics
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
        for note in open.values { try look(at: note, &headers) }
        let notes = try store.repeatNotes(table)
        guard notes.isEmpty == false else { return Result() }
        var result = try result(notes)
        result.headers = headers
        return result
    }

    private func result(_ notes: [RepeatNote]) throws(Failure) -> Result {
        let namings = notes.compactMap { note in
            note.held.map { RepeatedEntries.Naming(entry: note.entry, named: $0) }
        }
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

    /// Notes what is named once that is held; lets go of what can never be a repeat of it.
    private func look(
        at note: RepeatNote, _ headers: inout [EntryRef: EntryHeader]
    ) throws(Failure) {
        guard note.named.seq < EntryRef.seqLimit else { return try store.remove(note) }
        var noted = note
        for node in table.nodes(of: note.named.log) {
            let place = EntryRef(node, note.named.seq)
            guard let named = try view(place), named.chain.first == note.named.chain else {
                continue
            }
            guard try isFit(named, at: place, for: note) else { return try store.remove(note) }
            noted.held = place
            headers[place] = named.header
        }
        try store.save(noted)
    }

    /// Whether an entry may be what another one of the same device repeats: it stands in another
    /// log or history, and is of the same type.
    private func isFit(
        _ named: EntryView, at place: EntryRef, for note: RepeatNote
    ) throws(Failure) -> Bool {
        let (entry, row) = (note.entry, rows[Int(place.log.raw)])
        guard row.identity?.key == rows[Int(entry.log.raw)].identity?.key, entry != place,
            causality.isBefore(entry, inLogOf: place) == false,
            causality.isBefore(place, inLogOf: entry) == false,
            row.absent.isRotten(place.seq) == false,
            let own = try sources[entry.log]?.entry(at: note.offset, checksBody: false).header
        else { return false }
        return named.body != nil && named.header.isFromLaterVersion == false
            && named.header.label == own.label
            && RepeatCheck.kind(own.subject) == RepeatCheck.kind(named.header.subject)
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
        var found: EntryView?
        try ChainFinder(store: store, source: source, row: row).visit(from: place.seq) { entry in
            if entry.header.seq == place.seq { found = entry }
            return false
        }
        return found
    }
}
