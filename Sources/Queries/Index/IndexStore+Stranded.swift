// SPDX-License-Identifier: MIT
import Basics
import Merging

/// Entries with a link of which it is not known which entry it names: nothing of its log is held,
/// or not yet what says which history is meant. They are taken up once that may be.
extension IndexStore {
    func save(_ entry: LogReading.Stranded) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO stranded VALUES(?1, ?2, ?3, ?4)")
            .bind(1, entry.link.log.bytes.array).bind(2, entry.link.seq)
            .bind(3, entry.place.raw).bind(4, Int64(entry.offset)).execute()
    }

    /// Those with a link to one of some places of a log; all of them for nil.
    func stranded(
        about log: LogID? = nil, _ seqs: ClosedRange<UInt64> = 1...(EntryRef.seqLimit - 1)
    ) throws(Failure) -> [LogReading.Stranded] {
        let find = try database.statement(
            """
            SELECT about, place, seq, offset FROM stranded
            WHERE \(log == nil ? "" : "about=?3 AND") seq BETWEEN ?1 AND ?2
            """)
        find.bind(1, seqs.lowerBound).bind(2, min(seqs.upperBound, EntryRef.seqLimit - 1))
        if let log { find.bind(3, log.bytes.array) }
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

    func remove(_ entry: LogReading.Stranded) throws(Failure) {
        try database.statement("DELETE FROM stranded WHERE about=?1 AND seq=?2 AND place=?3")
            .bind(1, entry.link.log.bytes.array).bind(2, entry.link.seq).bind(3, entry.place.raw)
            .execute()
    }

    func isStranded(_ entry: EntryRef) throws(Failure) -> Bool {
        let find = try database.statement("SELECT 1 FROM stranded WHERE place=?1")
            .bind(1, entry.raw)
        defer { find.reset() }
        return try find.step()
    }
}
