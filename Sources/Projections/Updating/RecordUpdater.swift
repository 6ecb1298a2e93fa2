// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Folds new entries into the records that they are about, and writes what changed.
final class RecordUpdater {
    let store: IndexStore
    let rows: [LogRow]
    let table: LogTable
    let sources: [LogIndex: LogSource]
    let seen: SeenTable
    let bounds: Bounds
    /// Whether the index was empty before: nothing needs to be looked up in it.
    var isFilling = false
    var isSearchKept = true
    private(set) var touched = 0
    private let folds: [Fold]
    private var unknownFields: Int64 = 0

    init(
        store: IndexStore, rows: [LogRow], table: LogTable, sources: [LogIndex: LogSource],
        seen: SeenTable, bounds: Bounds
    ) {
        self.store = store
        self.rows = rows
        self.table = table
        self.sources = sources
        self.seen = seen
        self.bounds = bounds
        folds = store.vocabulary.kinds.map { Fold($0) }
    }

    func update(
        _ fresh: inout [LogReading.Fresh], reconsidering others: [Place]
    ) throws(Failure) {
        fresh.sort { $0.record != $1.record ? $0.record < $1.record : $0.place < $1.place }
        var start = 0
        var done: Set<Place> = []
        while start < fresh.count {
            var end = start + 1
            while end < fresh.count, fresh[end].record == fresh[start].record { end += 1 }
            try update(Place(raw: fresh[start].record), with: fresh[start..<end])
            if others.isEmpty == false { done.insert(Place(raw: fresh[start].record)) }
            start = end
        }
        for place in others where done.contains(place) == false { try reconsider(place) }
        try giveUpWaiting()
        try store.count("unknownFields", unknownFields)
    }

    private func update(
        _ place: Place, with fresh: ArraySlice<LogReading.Fresh>
    ) throws(Failure) {
        touched += 1
        let known = isFilling ? nil : try store.recordRow(place)
        var row = known ?? RecordRow(place: place)
        for entry in fresh { row.history.add(Place(raw: entry.place).log, at: entry.offset) }
        guard row.number == 0 else {
            for entry in fresh { _ = try fold(entry.place, at: entry.offset, into: &row) }
            return try finish(&row, was: known)
        }
        guard let creation = fresh.first(where: { $0.place == place.raw }) else {
            for entry in fresh { try wait(Place(raw: entry.place), for: "record", about: place) }
            return try store.save(row, nil)
        }
        if known != nil {
            try store.database.statement("DELETE FROM waiting WHERE about=?1").bind(1, place.raw)
                .execute()
        }
        try create(&row, creation)
        for (log, offset) in row.history.entries where log != place.log || offset != creation.offset
        {
            let entry = try entry(log, at: offset)
            _ = try fold(Place(log, entry.header.seq).raw, at: offset, into: &row)
        }
        try finish(&row, was: known)
    }

    /// The record is there if the entry that creates it is not set aside.
    private func create(
        _ row: inout RecordRow, _ creation: LogReading.Fresh
    ) throws(Failure) {
        row.number = creation.number
        let header = try entry(row.place.log, at: creation.offset).header
        row.kind = store.vocabulary.kinds.firstIndex { $0.name == header.kind }
        if try fold(creation.place, at: creation.offset, into: &row) == false { row.kind = nil }
    }

    /// Entries that waited for a record which an entry held by now does not create.
    private func giveUpWaiting() throws(Failure) {
        var idle: [(entry: Place, about: Place)] = []
        let find = try store.database.statement(
            "SELECT place, about FROM waiting WHERE need='record'")
        while try find.step() {
            let about = Place(raw: find.unsigned(1))
            let row = rows[Int(about.log.raw)]
            let last = min(row.position?.tip.seq ?? 0, bounds.limit(of: about.log))
            if row.admission != nil, about.seq <= last {
                idle.append((Place(raw: find.unsigned(0)), about))
            }
        }
        for (entry, about) in idle {
            try store.database.statement("DELETE FROM waiting WHERE place=?1").bind(1, entry.raw)
                .execute()
            let limit = rows[Int(entry.log.raw)].admission?.limit ?? 0
            _ = try setAside(entry, entry.seq <= limit ? .noRecord : .afterCut)
            try store.database.statement("DELETE FROM records WHERE id=?1").bind(1, about.raw)
                .execute()
        }
    }

    private func entry(_ log: LogIndex, at offset: Int) throws(Failure) -> EntryView {
        guard let source = sources[log] else {
            throw Failure(
                .notFound, "The log \(table.id(of: log).hex) is missing from the book's folder.",
                advice: "Put it back, or remove 'index.sqlite' to go on with what is there.")
        }
        return try source.entry(at: offset)
    }

    /// Works a record out again whose entries are the same but whose authors had seen more.
    private func reconsider(_ place: Place) throws(Failure) {
        guard var row = try store.recordRow(place), row.kind != nil else { return }
        touched += 1
        try finish(&row, was: row)
    }

    /// False if the entry is set aside.
    private func fold(
        _ raw: UInt64, at offset: Int, into row: inout RecordRow
    ) throws(Failure) -> Bool {
        let place = Place(raw: raw)
        guard let admission = rows[Int(place.log.raw)].admission else { return true }
        let entry = try entry(place.log, at: offset)
        guard place.seq <= admission.limit else { return try setAside(place, .afterCut) }
        guard let kind = row.kind else {
            return try setAside(place, try refusal(of: row.place, for: place))
        }
        guard entry.header.isFromLaterVersion == false else {
            return try setAside(place, .laterVersion)
        }
        guard entry.isBodyAbsent == false else {
            try wait(place, for: "body", about: row.place)
            return true
        }
        guard entry.body != nil else { return true }
        var words: [UInt8] = []
        let author = Fold.Author(place: place, log: table.id(of: place.log), role: admission.role)
        switch folds[kind].add(entry, by: author, to: &row.state, words: &words) {
        case .setAside(let reason): return try setAside(place, reason)
        case .folded(let unknown):
            unknownFields += Int64(unknown)
            if words.isEmpty == false { try addWords(words, at: place.raw * 2 + 1) }
            return true
        }
    }

    /// Why entries on a record that is not there are set aside.
    private func refusal(of record: Place, for entry: Place) throws(Failure) -> SetAside {
        guard record != entry else { return .unknownKind }
        let find = try store.database.statement("SELECT reason FROM asides WHERE place=?1")
            .bind(1, record.raw)
        defer { find.reset() }
        let isUnknown = try find.step() && find.text(0) == SetAside.unknownKind.rawValue
        return isUnknown ? .unknownKind : .noRecord
    }

    private func finish(_ row: inout RecordRow, was known: RecordRow?) throws(Failure) {
        guard let kind = row.kind else { return try store.save(row, nil) }
        let view = evaluate(row, folds[kind].kind)
        let before = known?.view ?? []
        row.view = CanonicalRecord(logs: table).bytes(view, row.state)
        try store.save(row, view)
        try store.saveAspects(view, replacing: before.isEmpty == false)
        let old = before.isEmpty ? [] : HeadWords.words(canonical: before, view.kind)
        let new = HeadWords.words(view)
        guard old != new else { return }
        if old.isEmpty == false { try removeWords(old, at: row.place.raw * 2) }
        if new.isEmpty == false { try addWords(new, at: row.place.raw * 2) }
    }

    private func evaluate(_ row: RecordRow, _ kind: Kind) -> RecordView {
        RecordEvaluation(kind: kind, seen: seen, logs: table) { [rows] in
            rows[Int($0.raw)].admission?.role
        }.view(row.place, row.state)
    }

    private func wait(_ place: Place, for need: String, about: Place) throws(Failure) {
        try store.database.statement("INSERT OR REPLACE INTO waiting VALUES(?1, ?2, ?3)")
            .bind(1, place.raw).bind(2, need).bind(3, about.raw).execute()
    }

    /// Always false: what `fold` says of an entry that is set aside.
    private func setAside(_ place: Place, _ reason: SetAside) throws(Failure) -> Bool {
        try store.database.statement("INSERT OR REPLACE INTO asides VALUES(?1, ?2)")
            .bind(1, place.raw).bind(2, reason.rawValue).execute()
        return false
    }

    private func addWords(_ words: [UInt8], at row: UInt64) throws(Failure) {
        guard isSearchKept else { return }
        try store.database.statement("INSERT INTO search(rowid, words) VALUES(?1, ?2)")
            .bind(1, row).bind(2, utf8: words).execute()
    }

    private func removeWords(_ words: [UInt8], at row: UInt64) throws(Failure) {
        guard isSearchKept else { return }
        try store.database.statement(
            "INSERT INTO search(search, rowid, words) VALUES('delete', ?1, ?2)"
        ).bind(1, row).bind(2, utf8: words).execute()
    }
}
