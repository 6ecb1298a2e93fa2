// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging
package import Projections

/// A record as it would read after entries that are not written yet, and what their author would
/// have seen by then.
package struct RecordPreview {
    package let record: RecordView
    /// Sides of the record's present conflicts that the last of the entries would not have seen.
    package let unseen: [EntryRef]
}

extension Book {
    /// Folds entries that would follow on a log that is held into a record, in memory alone.
    ///
    /// Nil where the log is not let in: nothing that it writes counts yet.
    package func preview(
        _ record: RecordView, after drafts: [EntryBytes], of log: LogIndex
    ) throws(Failure) -> RecordPreview? {
        guard let row = try store.recordRow(record.place, logs: rows.count), let kind = row.kind,
            let tip = self.row(log).position?.tip.seq, self.row(log).admission != nil
        else { return nil }
        let seen = try Book.seen(store, rows, logs)
        let evaluation = RecordEvaluation(plan: fold(kind).plan, seen: seen, logs: logs)
        let links = links.asked(of: seen.causality)
        let drafting = Drafting(
            log: log, record: record.place, seen: seen, links: links,
            fold: Fold(fold(kind).plan, LinkNames(links)))
        var state = row.state
        var last = EntryRef(log, tip)
        for draft in drafts {
            if let place = try take(draft, drafting, into: &state) { last = place }
        }
        let view = evaluation.view(record.place, state)
        let sides = record.conflicts.flatMap(\.sides).map(\.entry)
        // Whoever writes with this program was shown all that it knows, whatever it is known since.
        let unseen = sides.filter { seen.hasSeen(last, $0, since: 1) == false }
        try seen.causality.check()
        return RecordPreview(record: view, unseen: unseen)
    }

    /// What drafts are folded with.
    private struct Drafting {
        let log: LogIndex
        let record: EntryRef
        let seen: Seen
        let links: LinkResolver
        let fold: Fold
    }

    /// Gives the draft's place; nil for one that is no entry.
    private func take(
        _ draft: EntryBytes, _ with: Drafting, into state: inout RecordState
    ) throws(Failure) -> EntryRef? {
        var writer = CBORWriter()
        writer.byteString(draft.header)
        if let body = draft.body { writer.byteString(body) } else { writer.null() }
        let id = logs.id(of: with.log)
        return try writer.bytes.withRaw { (raw) throws(Failure) -> EntryRef? in
            guard let entry = Book.entry(raw, id) else { return nil }
            let place = EntryRef(with.log, entry.header.seq)
            try addBase(of: entry, at: place, to: with.seen)
            guard try with.links.record(of: entry.header, at: place) == with.record,
                let role = with.seen.admission(with.log)?.role(at: place.seq)
            else { return place }
            let author = Fold.Writer(
                place: place, log: id, role: role, creates: false,
                descents: self.row(with.log).vocabulary.descents(at: place.seq))
            var effects = Fold.EntryEffects()
            _ = with.fold.add(FoldableEntry(entry), by: author, to: &state, found: &effects)
            return place
        }
    }

    /// The program's own draft, read back; nil for one that is no entry.
    private static func entry(_ raw: UnsafeRawBufferPointer, _ log: LogID) -> EntryView? {
        do throws(EntryError) { return try EntryView(at: 0, of: raw, in: log) } catch { return nil }
    }

    private func addBase(
        of entry: EntryView, at place: EntryRef, to seen: Seen
    ) throws(Failure) {
        let exceptions = BaseElement.exceptions(entry.header.base)
        for case .seen(let log, let upTo, let chain) in entry.header.base {
            let named = EntryID(log: log, seq: upTo)
            guard let other = try links.entry(named, with: chain) else { continue }
            _ = seen.causality.add(
                place.log, at: place.seq, names: other, except: exceptions[log] ?? [])
        }
    }
}
