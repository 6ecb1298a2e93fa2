// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Merging
import Projections

/// A place in a log that can be gone to without reading what is before it.
struct Mark: Hashable {
    let seq: UInt64
    /// In bytes, between two frames, after the entry `seq`.
    let offset: Int
    let time: HybridTime
    let chain: Bytes32
}

extension IndexStore {
    func save(_ mark: Mark, of log: LogIndex) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO marks VALUES(?1, ?2, ?3, ?4, ?5)")
            .bind(1, Int64(log.raw)).bind(2, mark.seq).bind(3, Int64(mark.offset))
            .bind(4, mark.time).bind(5, mark.chain.array).execute()
    }

    /// The last mark at or before a seq; nil if the log's start is the nearest place.
    func mark(before seq: UInt64, of log: LogIndex) throws(Failure) -> Mark? {
        let find = try database.statement(
            """
            SELECT seq, offset, time, chain FROM marks WHERE log=?1 AND seq<=?2
            ORDER BY seq DESC LIMIT 1
            """
        ).bind(1, Int64(log.raw)).bind(2, seq)
        return try IndexStore.mark(find)
    }

    /// The last mark at or before a time.
    func mark(before time: HybridTime, of log: LogIndex) throws(Failure) -> Mark? {
        let find = try database.statement(
            """
            SELECT seq, offset, time, chain FROM marks WHERE log=?1 AND time<=?2
            ORDER BY seq DESC LIMIT 1
            """
        ).bind(1, Int64(log.raw)).bind(2, time)
        return try IndexStore.mark(find)
    }

    private static func mark(_ find: Statement) throws(Failure) -> Mark? {
        guard try find.step() else { return nil }
        defer { find.reset() }
        return Mark(
            seq: find.unsigned(0), offset: Int(find.integer(1)),
            time: find.time(2), chain: try chain(find, 3))
    }

    /// What one log's entries had seen of another, or of all, as far as it is verified.
    package func lines(
        of log: LogIndex, about other: LogIndex?
    ) throws(Failure) -> [LogIndex: SeenSteps] {
        var lines: [LogIndex: SeenSteps] = [:]
        let find = try database.statement(
            "SELECT about, packed FROM lines WHERE log=?1\(other == nil ? "" : " AND about=?2")"
        ).bind(1, Int64(log.raw))
        if let other { find.bind(2, Int64(other.raw)) }
        while try find.step() {
            guard let about = UInt32(exactly: find.integer(0)),
                let steps = SeenSteps(packed: find.raw(1))
            else { throw Failure.ofIndex }
            lines[LogIndex(about)] = steps
        }
        return lines
    }

    func save(_ lines: SeenSteps, of log: LogIndex, about: LogIndex) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO lines VALUES(?1, ?2, ?3)")
            .bind(1, Int64(log.raw)).bind(2, Int64(about.raw)).bind(3, lines.packed).execute()
    }
}
