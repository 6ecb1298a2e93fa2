// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Folds new entries into the records that they are about, and has what changed written.
final class RecordUpdater {
    private let store: IndexStore
    private let rows: [LogRow]
    private let table: LogTable
    private let sources: [LogSource?]
    private let folds: [Fold]
    private let evaluations: [RecordEvaluation]
    private let seen: SeenTable
    /// Whether the index was empty before: nothing needs to be looked up in it.
    var isFilling = false
    var isSearchKept = true
    private(set) var touched = 0
    private var unknownFields: Int64 = 0
    private var changes = RecordChanges()

    /// About so many entries are folded before what they did is written.
    private static let entriesInChunk = 131_072

    init(
        store: IndexStore, rows: [LogRow], table: LogTable, sources: [LogIndex: LogSource],
        seen: SeenTable
    ) {
        self.store = store
        self.rows = rows
        self.table = table
        self.seen = seen
        self.sources = rows.map { sources[$0.index] }
        folds = store.vocabulary.kinds.map { Fold($0) }
        let roles = rows.map { $0.admission?.role }
        evaluations = store.vocabulary.kinds.map { kind in
            RecordEvaluation(kind: kind, seen: seen, logs: table) { roles[Int($0.raw)] }
        }
    }

    func update(
        _ fresh: inout [LogReading.Fresh], reconsidering others: [Place]
    ) throws(Failure) {
        fresh.sort { $0.record != $1.record ? $0.record < $1.record : $0.place < $1.place }
        let writer = RecordWriter(store: store, isSearchKept: isSearchKept)
        if isFilling {
            try fill(fresh, writer)
        } else {
            try fold(fresh[...])
            try reconsider(others, besides: fresh)
            try writer.write(changes)
        }
        try store.count("unknownFields", unknownFields)
    }

    /// Folds one chunk while what the chunk before did is written: the folding looks nothing up in
    /// the index.
    private func fill(
        _ fresh: [LogReading.Fresh], _ writer: RecordWriter
    ) throws(Failure) {
        // Fetched now, since the index is not to be asked while it is written.
        for index in table.indices { _ = seen.lines(of: index) }
        for source in sources { _ = try source?.view() }
        try store.database.run(Schema.beforeFilling)
        var rest = fresh[...]
        while rest.isEmpty == false {
            let chunk = rest.prefix(RecordUpdater.chunkEnd(rest) - rest.startIndex)
            rest = rest[chunk.endIndex...]
            let done = changes
            changes = RecordChanges()
            var failures: (Failure?, Failure?)
            Parallel.both {
                do throws(Failure) { try fold(chunk) } catch { failures.0 = error }
            } _: {
                do throws(Failure) { try writer.write(done) } catch { failures.1 = error }
            }
            if let failure = failures.0 ?? failures.1 { throw failure }
        }
        try writer.write(changes)
        try store.database.run(Schema.afterFilling)
    }

    /// Where a chunk ends: with all entries of its last record.
    private static func chunkEnd(_ fresh: ArraySlice<LogReading.Fresh>) -> Int {
        var end = min(fresh.startIndex + entriesInChunk, fresh.endIndex)
        while end < fresh.endIndex, fresh[end].record == fresh[end - 1].record { end += 1 }
        return end
    }

    private func fold(_ fresh: ArraySlice<LogReading.Fresh>) throws(Failure) {
        var start = fresh.startIndex
        while start < fresh.endIndex {
            var end = start + 1
            while end < fresh.endIndex, fresh[end].record == fresh[start].record { end += 1 }
            try update(Place(raw: fresh[start].record), with: fresh[start..<end])
            start = end
        }
    }

    /// Works records out again whose entries are the same but whose authors had seen more.
    private func reconsider(
        _ others: [Place], besides fresh: [LogReading.Fresh]
    ) throws(Failure) {
        guard others.isEmpty == false else { return }
        let done = Set(fresh.lazy.map(\.record))
        for place in others where done.contains(place.raw) == false {
            guard let row = try store.recordRow(place), row.kind != nil else { continue }
            touched += 1
            finish(row, was: row)
        }
    }

    private func update(
        _ place: Place, with fresh: ArraySlice<LogReading.Fresh>
    ) throws(Failure) {
        touched += 1
        let known = isFilling ? nil : try store.recordRow(place)
        var row = known ?? RecordRow(place: place)
        for entry in fresh { row.history.add(Place(raw: entry.place).log, at: entry.offset) }
        guard row.kind == nil else {
            for entry in fresh { try fold(entry.place, at: entry.offset, into: &row) }
            return finish(row, was: known)
        }
        guard let creation = fresh.first(where: { $0.place == place.raw }) else {
            for entry in fresh { wait(Place(raw: entry.place), for: "record", about: place) }
            return finish(row, was: nil)
        }
        row.number = creation.number
        let header = try entry(place.log, at: creation.offset).header
        row.kind = store.vocabulary.kinds.firstIndex { $0.name == header.kind }
        guard known != nil else {
            for entry in fresh { try fold(entry.place, at: entry.offset, into: &row) }
            return finish(row, was: nil)
        }
        changes.arrived.append(place)
        for (log, offset) in row.history.entries {
            let entry = try entry(log, at: offset)
            try fold(Place(log, entry.header.seq).raw, at: offset, into: &row)
        }
        finish(row, was: known)
    }

    private func entry(_ log: LogIndex, at offset: Int) throws(Failure) -> EntryView {
        guard let source = sources[Int(log.raw)] else {
            throw Failure(
                .notFound, "The log \(table.id(of: log).hex) is missing from the book's folder.",
                advice: "Put it back, or remove 'index.sqlite' to go on with what is there.")
        }
        return try source.entry(at: offset)
    }

    private func fold(
        _ raw: UInt64, at offset: Int, into row: inout RecordRow
    ) throws(Failure) {
        let place = Place(raw: raw)
        guard let admission = rows[Int(place.log.raw)].admission else { return }
        let entry = try entry(place.log, at: offset)
        guard place.seq <= admission.limit else { return setAside(place, .afterCut) }
        guard let kind = row.kind else { return setAside(place, .unknownKind) }
        guard entry.header.isFromLaterVersion == false else {
            return setAside(place, .laterVersion)
        }
        guard entry.isBodyAbsent == false else { return wait(place, for: "body", about: row.place) }
        guard entry.body != nil else { return }
        var words: [UInt8] = []
        let author = Fold.Author(place: place, log: table.id(of: place.log), role: admission.role)
        switch folds[kind].add(entry, by: author, to: &row.state, words: &words) {
        case .setAside(let reason): setAside(place, reason)
        case .folded(let unknown):
            unknownFields += Int64(unknown)
            changes.words.add(words, at: place.raw * 2 + 1)
        }
    }

    private func finish(_ row: RecordRow, was known: RecordRow?) {
        var row = row
        guard let kind = row.kind else {
            return changes.records.append(.init(row: row, view: nil, hadView: false))
        }
        let view = evaluations[kind].view(row.place, row.state)
        let before = known?.view ?? []
        row.view = CanonicalRecord(logs: table).bytes(view, row.state)
        changes.records.append(.init(row: row, view: view, hadView: before.isEmpty == false))
        let old = before.isEmpty ? [] : HeadWords.words(canonical: before, view.kind)
        let new = HeadWords.words(view)
        guard old != new else { return }
        changes.words.remove(old, at: row.place.raw * 2)
        changes.words.add(new, at: row.place.raw * 2)
    }

    private func wait(_ entry: Place, for need: String, about: Place) {
        changes.waiting.append(.init(entry: entry, need: need, about: about))
    }

    private func setAside(_ entry: Place, _ reason: SetAside) {
        changes.asides.append((entry, reason))
    }
}
