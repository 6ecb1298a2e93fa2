// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

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

    /// `links` finds the entry in a history that a chain value tells.
    init(
        _ store: IndexStore, _ rows: [LogRow], _ links: LinkResolver
    ) throws(Failure) {
        let logs = links.table
        let groups = Dictionary(grouping: try FormerNames.repeats(store, logs)) { $0.entry.log }
        for log in logs.indices {
            guard let notes = groups[log],
                let end = try FormerNames.end(of: rows, before: log, links)
            else { continue }
            // The histories part behind that entry, and numbers go on from there in each.
            let old = end.log
            var number = try store.recordNumber(upTo: end)
            var last: UInt64 = 0
            let behind = notes.filter { note in
                note.named.log == logs.id(of: old) && note.named.seq > end.seq
                    && note.named.seq < EntryRef.seqLimit
                    && rows[Int(log.raw)].admission?.role(at: note.entry.seq) != nil
            }
            for note in behind.sorted(by: { $0.entry.seq < $1.entry.seq }) {
                // As they were written: what comes later shifts no number.
                guard note.named.seq > last else { continue }
                last = note.named.seq
                let isNumbered = try store.isNumbered(note.entry)
                if isNumbered { number += 1 }
                let named = EntryID(log: note.named.log, seq: note.named.seq)
                // What it was is there under that name.
                guard try links.entry(named, with: note.named.chain) == nil else { continue }
                entries[EntryRef(old, note.named.seq), default: []].append(note.entry)
                guard isNumbered else { continue }
                records[old, default: [:]][number, default: []].append(note.entry)
            }
        }
    }

    private static func repeats(
        _ store: IndexStore, _ logs: LogTable
    ) throws(Failure) -> [(entry: EntryRef, named: PinnedEntry)] {
        try store.actMembers(logs).compactMap { member in
            member.again.map { (member.entry, $0) }
        }
    }

    /// Where the log ends for a later one of the same device that says so: an entry that is held,
    /// of a log that has not split, whose words would be another history's.
    private static func end(
        of rows: [LogRow], before log: LogIndex, _ links: LinkResolver
    ) throws(Failure) -> EntryRef? {
        guard let identity = rows[Int(log.raw)].identity, let previous = identity.birth.previous,
            previous.seq < EntryRef.seqLimit, let old = links.table.index(of: previous.log),
            links.table.nodes(of: previous.log).count == 1,
            case let row = rows[Int(old.raw)], row.end == nil, let named = row.identity,
            named.key == identity.key
        else { return nil }
        guard previous.seq > 0 else {
            return previous.chain == named.origin ? EntryRef(old, 0) : nil
        }
        let entry = EntryID(log: previous.log, seq: previous.seq)
        return try links.entry(entry, with: previous.chain.first)
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
