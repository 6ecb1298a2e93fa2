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
    /// The first half of the chain value after an entry that is held.
    let chain: (EntryRef) throws(Failure) -> Bytes16?

    /// What is so from now on.
    struct Result {
        var repeats = RepeatedEntries.none
        /// All entries that say that they repeat another.
        var namers: Set<EntryRef> = []
        /// As they were before, those that repeat another entry now than then, or one or none.
        var changed: [RepeatNote] = []
        /// What each repeat repeated before.
        var before: [EntryRef: EntryRef] = [:]
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
        for note in open.values { try look(at: note) }
        let notes = try store.repeatNotes(table)
        guard notes.isEmpty == false else { return Result() }
        return try result(notes)
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
    private func look(at note: RepeatNote) throws(Failure) {
        guard note.named.seq < EntryRef.seqLimit else { return try store.remove(note) }
        var noted = note
        for node in table.nodes(of: note.named.log) {
            let (place, row) = (EntryRef(node, note.named.seq), rows[Int(node.raw)])
            guard place.seq >= row.from, place.seq <= row.end ?? .max, bounds.contains(place),
                try chain(place) == note.named.chain
            else { continue }
            guard try isFit(place, for: note) else { return try store.remove(note) }
            noted.held = place
        }
        try store.save(noted)
    }

    /// Whether an entry may be what another one of the same device repeats: it stands in another
    /// log or history, and is of the same type.
    private func isFit(_ named: EntryRef, for note: RepeatNote) throws(Failure) -> Bool {
        let (entry, row) = (note.entry, rows[Int(named.log.raw)])
        guard row.identity?.key == rows[Int(entry.log.raw)].identity?.key, entry != named,
            causality.isBefore(entry, inLogOf: named) == false,
            causality.isBefore(named, inLogOf: entry) == false,
            row.absent.isRotten(named.seq) == false,
            let own = try sources[entry.log]?.entry(at: note.offset, checksBody: false).header,
            let other = try view(named)
        else { return false }
        return other.body != nil && other.header.isFromLaterVersion == false
            && other.header.label == own.label
            && RepeatCheck.kind(own.subject) == RepeatCheck.kind(other.header.subject)
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
    func view(_ place: EntryRef) throws(Failure) -> EntryView? {
        guard let source = sources[place.log] else { return nil }
        var found: EntryView?
        try ChainFinder(store: store, source: source, row: rows[Int(place.log.raw)]).visit(
            from: place.seq
        ) { entry in
            if entry.header.seq == place.seq { found = entry }
            return false
        }
        return found
    }
}
