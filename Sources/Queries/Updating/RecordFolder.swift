// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Folds new entries into the records that they are about. Writes nothing: what the entries did is
/// in `changes`. Several may work at once on different records.
final class RecordFolder {
    /// What folding needs to know and does not change.
    struct FoldingContext {
        let store: IndexStore
        let rows: [LogRow]
        let table: LogTable
        /// By the numbers of their logs.
        let sources: [LogSource?]
        let seen: Seen
        /// Entries that say that they repeat another.
        let namers: Set<EntryRef>
        let open: OpenNamings
        let bounds: Bounds
        /// Whether the index was empty before: nothing needs to be looked up in it.
        let isFilling: Bool
    }

    private let ground: FoldingContext
    // Each folder has its own: two cores that count references to one thing wait for each other.
    private let folds: [Fold]
    private let evaluations: [RecordEvaluation]
    private let tables: [KindTable]
    private let admissions: [Admission?]
    private let hasRepeats: Bool
    private let hasRotten: Bool
    private let ids: [LogID]
    /// The vocabularies that were stated; nil for a log that never went back to a lower one.
    private let descending: [VocabularySteps?]
    private var bytesByLog: [UnsafeRawBufferPointer?]
    private let chains: ChainReading
    private(set) var changes = RecordChanges()
    private var found = Fold.EntryEffects()
    private var kindsByType: [EntryType: Int?] = [:]
    /// Why the entry that creates the record at hand is set aside, if that was told now.
    private var refusal: SetAside?

    init(_ ground: FoldingContext) {
        self.ground = ground
        let vocabulary = ground.store.vocabulary
        let plans = vocabulary.kinds.map { KindPlan($0, formsSince: vocabulary.formsSince) }
        let chains = ChainReading(ground.sources)
        self.chains = chains
        let names = LinkNames(LinkResolver(ground, chains))
        folds = plans.map { Fold($0, names) }
        evaluations = plans.map { plan in
            RecordEvaluation(plan: plan, seen: ground.seen, logs: ground.table)
        }
        tables = vocabulary.kinds.map { KindTable($0) }
        admissions = ground.rows.map(\.admission)
        hasRepeats = ground.seen.repeats.isEmpty == false
        hasRotten = ground.rows.contains { $0.absent.rotten.isEmpty == false }
        ids = ground.table.ids.map(\.self)
        descending = ground.rows.map { $0.vocabulary.descents(at: .max) > 0 ? $0.vocabulary : nil }
        bytesByLog = ground.rows.map { _ in nil }
    }

    /// Takes the changes away, to be written.
    func takeChanges() -> RecordChanges {
        let taken = changes
        changes = RecordChanges()
        return taken
    }

    /// Folds entries that are sorted by record, then place.
    func fold(_ fresh: ArraySlice<LogReading.Fresh>) throws(Failure) {
        var start = fresh.startIndex
        while start < fresh.endIndex {
            var end = start + 1
            while end < fresh.endIndex, fresh[end].record == fresh[start].record { end += 1 }
            try update(EntryRef(raw: fresh[start].record), with: fresh[start..<end])
            start = end
        }
    }

    /// Works a record out again whose entries are the same but whose authors had seen more.
    func reconsider(_ place: EntryRef) throws(Failure) {
        guard let row = try ground.store.recordRow(place, logs: ground.rows.count), row.kind != nil
        else { return }
        changes.words.start(place, at: row.history.count, count: 0)
        try finish(row, was: row)
    }

    private func update(
        _ place: EntryRef, with fresh: ArraySlice<LogReading.Fresh>
    ) throws(Failure) {
        refusal = nil
        let known =
            ground.isFilling ? nil : try ground.store.recordRow(place, logs: ground.rows.count)
        var row = known ?? StoredRecord(place: place)
        let position = row.history.count
        let positions = add(fresh, to: &row.history)
        guard row.number == 0 else {
            let first = positions.min() ?? position
            changes.words.start(place, at: first, count: row.history.count - first)
            for (place, entry) in zip(positions, fresh) {
                _ = try fold(entry.place, at: entry.offset, as: place, into: &row)
            }
            return try finish(row, was: known)
        }
        guard let index = fresh.firstIndex(where: { $0.place == place.raw }) else {
            for entry in fresh { wait(EntryRef(raw: entry.place), for: "record", about: place) }
            return try finish(row, was: nil)
        }
        let creation = fresh[index]
        changes.words.start(place, at: 0, count: row.history.count)
        if known != nil { changes.arrived.append(place) }
        row.number = creation.number
        row.kind = try kind(place.log, creation.offset)
        // The record is there if the entry that creates it is not set aside.
        let first = positions[fresh.distance(from: fresh.startIndex, to: index)]
        refusal = try fold(creation.place, at: creation.offset, as: first, into: &row)
        if refusal != nil { row.kind = nil }
        if known == nil {
            for (place, entry) in zip(positions, fresh) where place != first {
                _ = try fold(entry.place, at: entry.offset, as: place, into: &row)
            }
        } else {
            try foldHistory(besides: first, into: &row)
        }
        try finish(row, was: known)
    }

    /// Puts entries into a record's history. Gives their places.
    private func add(
        _ fresh: ArraySlice<LogReading.Fresh>, to history: inout History
    ) -> [Int] {
        let next = history.count
        for entry in fresh { history.add(EntryRef(raw: entry.place).log, at: entry.offset) }
        return Array(next..<next + fresh.count)
    }

    /// Folds the entries that waited for the record, and the new ones.
    private func foldHistory(
        besides creation: Int, into row: inout StoredRecord
    ) throws(Failure) {
        for (place, (log, offset)) in row.history.entries.enumerated() where place != creation {
            let seq = try entry(log, at: offset).seq
            _ = try fold(EntryRef(log, seq).raw, at: offset, as: place, into: &row)
        }
    }

    /// The place in the vocabulary of the kind that a creating entry names; nil if it is unknown.
    private func kind(_ log: LogIndex, _ offset: Int) throws(Failure) -> Int? {
        let source = ground.sources[Int(log.raw)]
        guard let header = try source?.entry(at: offset, checksBody: false).header else {
            return nil
        }
        if let known = kindsByType[header.label] { return known }
        let name = header.kind
        let kind = ground.store.vocabulary.kinds.firstIndex { $0.name == name }
        kindsByType[header.label] = .some(kind)
        return kind
    }

    private func bytes(_ log: LogIndex) throws(Failure) -> UnsafeRawBufferPointer {
        let place = Int(log.raw)
        if let bytes = bytesByLog[place] { return bytes }
        guard let source = ground.sources[place] else {
            throw Failure(
                .notFound, "The log \(ids[place].hex) is missing from the book's folder.",
                advice: "Put it back, or remove 'index.sqlite' to go on with what is there.")
        }
        // The source keeps its bytes for as long as it is there.
        let bytes = try source.view().bytes
        bytesByLog[place] = bytes
        return bytes
    }

    private func entry(_ log: LogIndex, at offset: Int) throws(Failure) -> FoldableEntry {
        do {
            return try FoldableEntry(at: offset, of: try bytes(log))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .damaged, "The log \(ids[Int(log.raw)].hex) is damaged at byte \(offset).",
                advice: "Nothing was changed: run 'beatbook verify' to see what is affected.")
        }
    }

    /// Folds the entry that is at a position of the row's history. Nil unless it is set aside.
    private func fold(
        _ raw: UInt64, at offset: Int, as position: Int, into row: inout StoredRecord
    ) throws(Failure) -> SetAside? {
        let place = EntryRef(raw: raw)
        guard let admission = admissions[Int(place.log.raw)] else { return nil }
        var entry = try entry(place.log, at: offset)
        if hasRotten, ground.rows[Int(place.log.raw)].absent.isRotten(place.seq) {
            entry = entry.withoutBody
        }
        guard let role = admission.role(at: place.seq) else {
            return setAside(place, admission.refusal(at: place.seq))
        }
        guard let kind = row.kind else {
            return setAside(place, try refusal(of: row.place, for: place))
        }
        // What it repeats is what counts.
        if hasRepeats, ground.seen.repeats.originals[place] != nil { return nil }
        guard entry.isFromLaterVersion == false else {
            return setAside(place, .laterVersion)
        }
        guard entry.isBodyAbsent == false else {
            wait(place, for: "body", about: row.place)
            return nil
        }
        guard entry.body != nil else { return nil }
        let author = Fold.Writer(
            place: place, log: ids[Int(place.log.raw)], role: role,
            creates: place == row.place,
            descents: descending[Int(place.log.raw)]?.descents(at: place.seq) ?? 0)
        let outcome = folds[kind].add(entry, by: author, to: &row.state, found: &found)
        if let failure = chains.failure { throw failure }
        switch outcome {
        case .setAside(let reason): return setAside(place, reason)
        case .folded(let unread):
            if let unread { changes.unread.append((place, unread)) }
            noteFound(in: place, of: row.place, at: position)
            return nil
        }
    }

    /// Notes what an entry that was folded links to, and the words of its parts.
    private func noteFound(in entry: EntryRef, of record: EntryRef, at position: Int) {
        if found.assumed.isEmpty == false {
            changes.assumed += found.assumed.map { open in
                AssumedLink(entry: entry, link: open.link, named: open.named.branch)
            }
        }
        if found.repeats.isEmpty == false {
            changes.repeatLinks += found.repeats.map { ($0, record) }
        }
        changes.words.add(found.words, at: position)
    }

    /// Why entries on a record that is not there are set aside.
    private func refusal(of record: EntryRef, for entry: EntryRef) throws(Failure) -> SetAside {
        guard record != entry else { return .unknownKind }
        if let refusal { return refusal == .unknownKind ? refusal : .noRecord }
        let reason = try ground.store.asideReason(of: record)
        return reason == .unknownKind ? .unknownKind : .noRecord
    }

    private func finish(_ row: StoredRecord, was known: StoredRecord?) throws(Failure) {
        var line = RecordUpdate(row, was: known)
        guard let kind = row.kind else {
            return changes.records.append(.init(line: line, ownRow: nil))
        }
        let view = evaluations[kind].view(row.place, row.state)
        line.take(
            view, canonical: evaluations[kind].canonical(view, row.state), in: tables[kind])
        let before = known?.view ?? []
        let old = before.isEmpty ? [] : try HeadWords.words(canonical: before, view.kind)
        let new = HeadWords.words(view, evaluations[kind].plan)
        var ownRow: Int?
        if old != new {
            changes.words.remove(old, at: row.searchRow)
            ownRow = changes.words.addOwn(new)
        }
        changes.records.append(.init(line: line, ownRow: ownRow))
    }

    private func wait(_ entry: EntryRef, for need: String, about: EntryRef) {
        changes.waiting.append(.init(entry: entry, need: need, about: about))
    }

    private func setAside(_ entry: EntryRef, _ reason: SetAside) -> SetAside {
        changes.asides.append((entry, reason))
        return reason
    }
}
