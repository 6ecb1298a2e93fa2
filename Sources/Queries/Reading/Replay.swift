// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
package import Merging
package import Projections

/// Steps through a timeline and says what each entry changed from what to what.
package final class Replay {
    /// One field that reads differently after an entry.
    package struct FieldChange: Hashable, Sendable {
        package let field: Field
        package let before: FieldReading?
        package let after: FieldReading?
    }

    package struct Step: Sendable {
        package let entry: EntryReport
        package let kind: Kind?
        package let title: String
        package let changes: [FieldChange]
        /// Findings that hold after the entry and did not before.
        package let newFindings: [RecordFinding]
        /// What waited for a person before the entry and does no more.
        package let settled: [Conflict]
        /// The record before the entry, which has what was settled, and after it.
        package let before: RecordView?
        package let after: RecordView?
    }

    private struct Running {
        let kind: Int
        var state = RecordState()
        var view: RecordView?
    }

    private let book: Book
    private var running: [EntryRef: Running] = [:]

    package init(_ book: Book) { self.book = book }

    /// Takes the next entry of the timeline. An entry that changes nothing gives no field changes.
    package func step(_ entry: EntryReport) throws(Failure) -> Step {
        guard let record = entry.record, var run = try start(record, entry) else {
            return Step(
                entry: entry, kind: nil, title: "", changes: [], newFindings: [], settled: [],
                before: nil, after: nil)
        }
        let before = run.view
        try fold(entry, into: &run)
        let kind = book.vocabulary.kinds[run.kind]
        let after = book.evaluation(run.kind).view(record, run.state)
        try book.seen.causality.check()
        run.view = after
        running[record] = run
        let known = before?.findings ?? []
        return Step(
            entry: entry, kind: kind, title: after.title, changes: changes(before, after),
            newFindings: after.findings.filter { known.contains($0) == false },
            settled: before?.settled(in: after) ?? [], before: before, after: after)
    }

    /// What the entry's author had seen of other devices' logs: call sign and seq.
    package func seen(by place: EntryRef) -> [(callSign: String, upTo: UInt64)] {
        let causality = book.seen.causality
        return causality.steps(of: place.log).keys.compactMap { log in
            let upTo = min(causality.reach(of: place, about: log), book.bounds.limit(of: log))
            return upTo > 0 ? (book.callSign(of: log), upTo) : nil
        }.sorted { $0.callSign.utf8.lexicographicallyPrecedes($1.callSign.utf8) }
    }

    private func start(_ record: EntryRef, _ entry: EntryReport) throws(Failure) -> Running? {
        if let known = running[record] { return known }
        guard let kind = try book.kind(of: record),
            let index = book.vocabulary.kinds.firstIndex(of: kind)
        else { return nil }
        return Running(kind: index)
    }

    private func fold(_ entry: EntryReport, into run: inout Running) throws(Failure) {
        guard entry.isFolded, entry.changes != nil,
            let role = book.seen.admission(entry.place.log)?.role(at: entry.place.seq),
            let source = book.source(entry.place.log)
        else { return }
        let view = try source.entry(at: entry.offset)
        let author = Fold.Writer(
            place: entry.place, log: book.logs.id(of: entry.place.log), role: role,
            creates: entry.record == entry.place)
        var found = Fold.EntryEffects()
        _ = book.fold(run.kind).add(FoldableEntry(view), by: author, to: &run.state, found: &found)
    }

    private func changes(_ before: RecordView?, _ after: RecordView) -> [FieldChange] {
        after.kind.fields.indices.compactMap { index in
            let (old, new) = (before?.reading(at: index), after.reading(at: index))
            guard old != new else { return nil }
            return FieldChange(field: after.kind.fields[index], before: old, after: new)
        }
    }
}
