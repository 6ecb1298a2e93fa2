// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Finds which entries repeat which, from what was read now and before.
struct RepeatCheck {
    private let store: IndexStore
    private let rows: [LogRow]
    private let table: LogTable
    private let entries: HeldEntries
    private let likeness: RepeatLikeness

    /// Of entries alike in all but their links so many are told apart at most.
    private static let firstsLimit = 8

    init(
        store: IndexStore, rows: [LogRow], table: LogTable, sources: [LogIndex: LogSource],
        bounds: Bounds, causality: Causality
    ) {
        self.store = store
        self.rows = rows
        self.table = table
        entries = HeldEntries(store, rows, sources, bounds)
        likeness = RepeatLikeness(rows, table, causality) { [entries] (place) throws(Failure) in
            try entries.entry(at: place)
        }
    }

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
        let named = notes.compactMap { note in
            note.held.map { RepeatedEntries.Naming(entry: note.entry, named: $0) }
        }
        var namings = trusted(named)
        let trusted = Set(namings.map(\.entry))
        namings += try standIns(notes.filter { trusted.contains($0.entry) == false })
        var result = Result()
        result.repeats = RepeatedEntries(
            namings,
            held: Dictionary(
                named.map { ($0.entry, $0.named) }, uniquingKeysWith: { first, _ in first }),
            admissions: rows.map(\.admission), table)
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

    /// Those whose original is admitted, and with rights that are no less: else what others have
    /// seen of the repeat would go with the original. Nor does one stand whose links may lead to
    /// such an entry, which are all after it in its log.
    private func trusted(_ namings: [RepeatedEntries.Naming]) -> [RepeatedEntries.Naming] {
        let byLog = Dictionary(grouping: namings) { table.id(of: $0.entry.log) }
        return byLog.values.flatMap { namings in
            let first = namings.filter { isTrusted($0) == false }.map(\.entry.seq).min()
            return namings.filter { $0.entry.seq < first ?? .max }
        }
    }

    private func isTrusted(_ naming: RepeatedEntries.Naming) -> Bool {
        guard let role = role(at: naming.entry) else { return true }
        return self.role(at: naming.named).map { $0.rights >= role.rights } ?? false
    }

    /// Notes what is named once that is held. False for an entry that can never be a repeat of it,
    /// which is let go.
    private func look(
        at note: RepeatNote, _ headers: inout [EntryRef: EntryHeader]
    ) throws(Failure) -> Bool {
        var noted = note
        for node in table.nodes(of: note.named.log) where note.named.seq < EntryRef.seqLimit {
            let place = EntryRef(node, note.named.seq)
            guard let named = try entries.entry(at: place),
                named.chain.first == note.named.chain
            else { continue }
            guard try likeness.isAlike(note.entry, place) else {
                try store.remove(note)
                return false
            }
            noted.held = place
            headers[place] = named.header
        }
        try store.save(noted)
        return true
    }

    private func role(at entry: EntryRef) -> Role? {
        rows[Int(entry.log.raw)].admission?.role(at: entry.seq)
    }

    /// Of entries that name one which is not held, or is not trusted, the first that counts stands
    /// for it: a folder that was put back twice from one copy makes two of them.
    private func standIns(
        _ notes: [RepeatNote]
    ) throws(Failure) -> [RepeatedEntries.Naming] {
        let order = CanonicalOrder(table)
        var namings: [RepeatedEntries.Naming] = []
        for notes in Dictionary(grouping: notes, by: \.named).values where notes.count > 1 {
            var firsts: [RepeatLikeness.Outline: [EntryRef]] = [:]
            for entry in notes.map(\.entry).sorted(by: { order.precedes($0, $1) })
            where role(at: entry) != nil {
                guard let outline = try likeness.outline(of: entry) else { continue }
                var first: EntryRef?
                for one in firsts[outline] ?? [] where first == nil {
                    if try likeness.isAlike(entry, one) { first = one }
                }
                guard let first else {
                    if firsts[outline]?.count ?? 0 < RepeatCheck.firstsLimit {
                        firsts[outline, default: []].append(entry)
                    }
                    continue
                }
                namings.append(RepeatedEntries.Naming(entry: entry, named: first))
            }
        }
        return trusted(namings)
    }
}

/// Entries that are held, by their places. Whoever asks for one mostly asks for those about it too:
/// for what comes next, or for what it names.
final class HeldEntries {
    private let store: IndexStore
    private let rows: [LogRow]
    private let sources: [LogIndex: LogSource]
    private let bounds: Bounds
    private var read: [EntryRef: EntryView] = [:]

    private static let readAtOnce: UInt64 = 512

    init(
        _ store: IndexStore, _ rows: [LogRow], _ sources: [LogIndex: LogSource], _ bounds: Bounds
    ) {
        self.store = store
        self.rows = rows
        self.sources = sources
        self.bounds = bounds
    }

    /// The entry at a place, its body unchecked; nil if it is not held.
    func entry(at place: EntryRef) throws(Failure) -> EntryView? {
        let row = rows[Int(place.log.raw)]
        guard place.seq >= row.from, place.seq <= row.end ?? .max,
            place.seq <= row.position?.tip.seq ?? 0, bounds.contains(place),
            let source = sources[place.log]
        else { return nil }
        if let known = read[place] { return known }
        let half = HeldEntries.readAtOnce / 2
        let first = place.seq > half ? place.seq - half : 1
        try ChainFinder(store: store, source: source, row: row).visit(from: first) { entry in
            read[EntryRef(place.log, entry.header.seq)] = entry
            return entry.header.seq < first + HeldEntries.readAtOnce
        }
        return read[place]
    }
}
