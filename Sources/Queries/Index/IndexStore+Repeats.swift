// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections

/// An entry that says which one it repeats, or is one that is repeated.
struct ActMember: Hashable {
    let entry: EntryRef
    /// Where it stands in its log's file.
    let offset: Int
    /// Equal for entries that are one act.
    let act: Digest
    /// Nil for one that is repeated, and repeats none.
    let again: PinnedEntry?
    /// The entry that makes its record, as it names it; nil while that is not known.
    var record: EntryRef?
    /// Whether it is folded where it counts.
    var stands = false
}

/// Entries that say that they repeat another one, those that do, and the records that link to them.
///
/// What a link to one means follows from more than the link, so that it is noted which records have
/// to be looked at again.
extension IndexStore {
    func save(_ member: ActMember) throws(Failure) {
        let put = try database.statement(
            "INSERT OR REPLACE INTO acts VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        put.bind(1, member.entry.raw).bind(2, Int64(member.offset))
            .bind(3, member.act.bytes.array)
        if let again = member.again {
            put.bind(4, again.log.bytes.array).bind(5, again.seq).bind(6, again.chain.array)
        }
        if let record = member.record { put.bind(7, record.raw) }
        put.bind(8, member.stands ? 1 : 0 as Int64)
        try put.execute()
    }

    func actMembers(_ logs: LogTable) throws(Failure) -> [ActMember] {
        var members: [ActMember] = []
        let find = try database.statement(
            "SELECT place, offset, act, about, seq, chain, record, stands FROM acts ORDER BY place")
        while try find.step() {
            guard let offset = Int(exactly: find.integer(1)), offset >= 0,
                let act = Bytes32(find.bytes(2))
            else { throw Failure.ofIndex }
            var again: PinnedEntry?
            if find.isNull(3) == false {
                guard let log = Bytes16(find.bytes(3)), let chain = Bytes16(find.bytes(5))
                else { throw Failure.ofIndex }
                again = PinnedEntry(log: LogID(log), seq: find.unsigned(4), chain: chain)
            }
            members.append(
                ActMember(
                    entry: try IndexStore.place(find.unsigned(0), logs), offset: offset,
                    act: Digest(act), again: again,
                    record: find.isNull(6) ? nil : try IndexStore.place(find.unsigned(6), logs),
                    stands: find.integer(7) != 0))
        }
        return members
    }

    /// Saves what an entry repeats, or that it repeats nothing.
    func save(_ repeats: RepeatedEntries, of entry: EntryRef) throws(Failure) {
        guard let original = repeats.originals[entry] else {
            try database.statement("DELETE FROM repeats WHERE place=?1").bind(1, entry.raw)
                .execute()
            return
        }
        try database.statement("INSERT OR REPLACE INTO repeats VALUES(?1, ?2, ?3)")
            .bind(1, entry.raw).bind(2, original.raw)
            .bind(3, repeats.leading.contains(entry) ? 1 : 0 as Int64)
            .execute()
    }

    /// What each repeat repeats.
    func repeatedEntries(_ logs: LogTable) throws(Failure) -> RepeatedEntries {
        var originals: [EntryRef: EntryRef] = [:]
        var leading: Set<EntryRef> = []
        let find = try database.statement("SELECT place, original, leads FROM repeats")
        while try find.step() {
            let entry = try IndexStore.place(find.unsigned(0), logs)
            originals[entry] = try IndexStore.place(find.unsigned(1), logs)
            if find.integer(2) != 0 { leading.insert(entry) }
        }
        return RepeatedEntries(originals: originals, leading: leading, logs)
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
