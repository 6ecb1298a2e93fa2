// SPDX-License-Identifier: MIT
import Basics
import Merging

/// Entries with a link of which it is not known which entry it names: nothing of its log is held,
/// or not yet what says which history is meant. They are taken up once that may be.
extension IndexStore {
    func save(_ entry: LogReading.Stranded) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO stranded VALUES(?1, ?2, ?3, ?4)")
            .bind(1, entry.link.log.bytes.array).bind(2, entry.place.raw)
            .bind(3, entry.link.seq).bind(4, Int64(entry.offset)).execute()
    }

    /// Those about records of one log; of all logs for nil.
    func stranded(about log: LogID? = nil) throws(Failure) -> [LogReading.Stranded] {
        let find = try database.statement(
            "SELECT about, place, seq, offset FROM stranded\(log == nil ? "" : " WHERE about=?1")")
        if let log { find.bind(1, log.bytes.array) }
        var entries: [LogReading.Stranded] = []
        while try find.step() {
            guard let about = Bytes16(find.bytes(0)), find.unsigned(2) < EntryRef.seqLimit,
                let offset = Int(exactly: find.integer(3)), offset >= 0
            else { throw Failure.ofIndex }
            entries.append(
                LogReading.Stranded(
                    link: EntryID(log: LogID(about), seq: find.unsigned(2)),
                    place: EntryRef(raw: find.unsigned(1)), offset: offset))
        }
        return entries
    }

    func removeStranded(about log: LogID) throws(Failure) {
        try database.statement("DELETE FROM stranded WHERE about=?1").bind(1, log.bytes.array)
            .execute()
    }

    func isStranded(_ entry: EntryRef) throws(Failure) -> Bool {
        let find = try database.statement("SELECT 1 FROM stranded WHERE place=?1")
            .bind(1, entry.raw)
        defer { find.reset() }
        return try find.step()
    }

    /// Whether one log names another in a base that does not count so far.
    func hasUncounted(_ log: LogIndex, about other: LogID) throws(Failure) -> Bool {
        let find = try database.statement("SELECT 1 FROM claims WHERE about=?1 AND log=?2 LIMIT 1")
            .bind(1, other.bytes.array).bind(2, Int64(log.raw))
        defer { find.reset() }
        return try find.step()
    }

    /// Whether any base does not count so far.
    func hasUncounted() throws(Failure) -> Bool {
        let find = try database.statement("SELECT 1 FROM claims LIMIT 1")
        defer { find.reset() }
        return try find.step()
    }
}
