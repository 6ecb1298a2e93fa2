// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections

/// An entry that says which one it repeats.
struct RepeatNote: Hashable {
    let entry: EntryRef
    /// Where it stands in its log's file.
    let offset: Int
    let named: PinnedEntry
    /// The entry that it names; nil while that is not held.
    var held: EntryRef?
    /// What it repeats; nil while it repeats nothing.
    var original: EntryRef?
}

/// Entries that say that they repeat another one, and the records that link to them.
///
/// One that can never be a repeat is not kept. What a link to one means follows from more than the
/// link, so that it is noted which records have to be looked at again.
extension IndexStore {
    func save(_ note: RepeatNote) throws(Failure) {
        let put = try database.statement(
            "INSERT OR REPLACE INTO repeats VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        put.bind(1, note.entry.raw).bind(2, Int64(note.offset))
            .bind(3, note.named.log.bytes.array).bind(4, note.named.seq)
            .bind(5, note.named.chain.array)
        if let held = note.held { put.bind(6, held.raw) }
        if let original = note.original { put.bind(7, original.raw) }
        try put.execute()
    }

    /// The records that link to a repeat stay noted, until they are folded again.
    func remove(_ note: RepeatNote) throws(Failure) {
        for table in note.original == nil ? ["repeats", "repeatLinks"] : ["repeats"] {
            try database.statement("DELETE FROM \(table) WHERE place=?1")
                .bind(1, note.entry.raw).execute()
        }
    }

    func repeatNotes(_ logs: LogTable) throws(Failure) -> [RepeatNote] {
        try notes(try database.statement(IndexStore.noted), logs)
    }

    /// Those that name one of some places of a log, which was not held.
    func openRepeats(
        about log: LogID, _ seqs: ClosedRange<UInt64>, _ logs: LogTable
    ) throws(Failure) -> [RepeatNote] {
        try notes(
            try database.statement(
                "\(IndexStore.noted) WHERE about=?1 AND seq BETWEEN ?2 AND ?3 AND held IS NULL"
            ).bind(1, log.bytes.array).bind(2, seqs.lowerBound).bind(3, seqs.upperBound), logs)
    }

    /// Those that name what is not held.
    func unheldRepeats(_ logs: LogTable) throws(Failure) -> [RepeatNote] {
        try notes(try database.statement("\(IndexStore.noted) WHERE held IS NULL"), logs)
    }

    /// What each repeat repeats.
    func repeatedEntries(_ logs: LogTable) throws(Failure) -> RepeatedEntries {
        var originals: [EntryRef: EntryRef] = [:]
        var held: [EntryRef: EntryRef] = [:]
        let find = try database.statement(
            "SELECT place, original, held FROM repeats WHERE original IS NOT NULL")
        while try find.step() {
            let entry = try IndexStore.place(find.unsigned(0), logs)
            originals[entry] = try IndexStore.place(find.unsigned(1), logs)
            if find.isNull(2) == false {
                held[entry] = try IndexStore.place(find.unsigned(2), logs)
            }
        }
        return RepeatedEntries(originals: originals, held: held, logs)
    }

    private static let noted =
        "SELECT place, offset, about, seq, chain, held, original FROM repeats"

    private func notes(
        _ find: Statement, _ logs: LogTable
    ) throws(Failure) -> [RepeatNote] {
        var notes: [RepeatNote] = []
        while try find.step() {
            guard let offset = Int(exactly: find.integer(1)), offset >= 0,
                let log = Bytes16(find.bytes(2)), let chain = Bytes16(find.bytes(4))
            else { throw Failure.ofIndex }
            notes.append(
                RepeatNote(
                    entry: try IndexStore.place(find.unsigned(0), logs), offset: offset,
                    named: PinnedEntry(log: LogID(log), seq: find.unsigned(3), chain: chain),
                    held: find.isNull(5) ? nil : try IndexStore.place(find.unsigned(5), logs),
                    original: find.isNull(6)
                        ? nil : try IndexStore.place(find.unsigned(6), logs)))
        }
        return notes
    }

    private static func place(_ raw: UInt64, _ logs: LogTable) throws(Failure) -> EntryRef {
        guard raw >> 40 < UInt64(logs.ids.count) else { throw Failure.ofIndex }
        return EntryRef(raw: raw)
    }
}

extension IndexStore {
    /// Notes that a record has a link to an entry which says that it repeats another.
    func note(_ record: EntryRef, linksTo entry: EntryRef) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO repeatLinks VALUES(?1, ?2)")
            .bind(1, entry.raw).bind(2, record.raw).execute()
    }

    /// The records with a link to such an entry.
    func records(linkingTo entry: EntryRef) throws(Failure) -> [EntryRef] {
        var records: [EntryRef] = []
        let find = try database.statement("SELECT record FROM repeatLinks WHERE place=?1")
            .bind(1, entry.raw)
        while try find.step() { records.append(EntryRef(raw: find.unsigned(0))) }
        return records
    }
}
