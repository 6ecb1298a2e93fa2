// SPDX-License-Identifier: MIT
import Basics
import Merging

/// Entries about records of logs of which nothing is held. They are taken up once the log is.
extension IndexStore {
    func save(_ entry: LogReading.Stranded) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO stranded VALUES(?1, ?2, ?3, ?4)")
            .bind(1, entry.record.log.bytes.array).bind(2, entry.place.raw)
            .bind(3, entry.record.seq).bind(4, Int64(entry.offset)).execute()
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
                    record: EntryID(log: LogID(about), seq: find.unsigned(2)),
                    place: EntryRef(raw: find.unsigned(1)), offset: offset))
        }
        return entries
    }

    func removeStranded(about log: LogID) throws(Failure) {
        try database.statement("DELETE FROM stranded WHERE about=?1").bind(1, log.bytes.array)
            .execute()
    }

    func isStranded(_ entry: EntryRef, about log: LogID) throws(Failure) -> Bool {
        let find = try database.statement("SELECT 1 FROM stranded WHERE about=?1 AND place=?2")
            .bind(1, log.bytes.array).bind(2, entry.raw)
        defer { find.reset() }
        return try find.step()
    }
}
