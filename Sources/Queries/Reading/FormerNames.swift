// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging

/// What entries and records were called on their device before it recorded them again in a new
/// log: in a history of the old log that is not held, whose numbers another history may have used.
///
/// A name that was shown for them goes on meaning them; where it is another's by now, it means
/// neither alone.
struct FormerNames {
    /// By the place of that name: the entries that were called so.
    private(set) var entries: [EntryRef: [EntryRef]] = [:]
    /// By log and number: the records that were called so.
    private(set) var records: [LogIndex: [UInt64: [EntryRef]]] = [:]

    init(_ store: IndexStore, _ rows: [LogRow], _ logs: LogTable) throws(Failure) {
        let notes = try store.unheldRepeats(logs).filter { note in
            note.named.seq < EntryRef.seqLimit
                && rows[Int(note.entry.log.raw)].identity?.birth.previous?.log == note.named.log
        }
        let groups = Dictionary(grouping: notes) { $0.entry.log }
        for log in logs.indices {
            guard let notes = groups[log],
                let previous = rows[Int(log.raw)].identity?.birth.previous,
                let old = logs.index(of: previous.log)
            else { continue }
            // The histories part behind that entry, and numbers go on from there in each.
            var number = try store.recordNumber(upTo: logs.entry(previous.seq, before: old))
            for note in notes.sorted(by: { $0.named.seq < $1.named.seq }) {
                entries[EntryRef(old, note.named.seq), default: []].append(note.entry)
                guard try store.isNumbered(note.entry) else { continue }
                number += 1
                records[old, default: [:]][number, default: []].append(note.entry)
            }
        }
    }
}

extension IndexStore {
    /// How many records were made on a log up to an entry of it.
    fileprivate func recordNumber(upTo entry: EntryRef) throws(Failure) -> UInt64 {
        let find = try database.statement(
            """
            SELECT number FROM records WHERE id BETWEEN ?1 AND ?2 AND number > 0
            ORDER BY id DESC LIMIT 1
            """
        ).bind(1, EntryRef(entry.log, 0).raw).bind(2, entry.raw)
        defer { find.reset() }
        return try find.step() ? find.unsigned(0) : 0
    }

    /// Whether an entry makes a record.
    fileprivate func isNumbered(_ entry: EntryRef) throws(Failure) -> Bool {
        let find = try database.statement("SELECT 1 FROM records WHERE id=?1 AND number > 0")
            .bind(1, entry.raw)
        defer { find.reset() }
        return try find.step()
    }
}
