// SPDX-License-Identifier: MIT
package import Basics
package import Logs
package import Merging
import Projections

/// What is remembered of a file in an exchange; what it means is its keeper's affair.
package struct SegmentNote: Hashable, Sendable {
    package let name: String
    package let size: Int
    package let content: [UInt8]

    package init(name: String, size: Int, content: [UInt8]) {
        self.name = name
        self.size = size
        self.content = content
    }
}

extension IndexStore {
    package func segmentNotes() throws(Failure) -> [SegmentNote] {
        var notes: [SegmentNote] = []
        let find = try database.statement("SELECT name, size, content FROM segments")
        while try find.step() {
            notes.append(
                SegmentNote(
                    name: find.text(0), size: Int(find.integer(1)), content: find.bytes(2)))
        }
        return notes
    }

    package func replaceSegmentNotes(_ notes: [SegmentNote]) throws(Failure) {
        try database.transaction { () throws(Failure) in
            let known = Set(try segmentNotes())
            let wanted = Set(notes)
            for note in known.subtracting(wanted) {
                try database.statement("DELETE FROM segments WHERE name=?1").bind(1, note.name)
                    .execute()
            }
            for note in wanted.subtracting(known) {
                try database.statement("INSERT OR REPLACE INTO segments VALUES(?1, ?2, ?3)")
                    .bind(1, note.name).bind(2, Int64(note.size)).bind(3, note.content).execute()
            }
        }
    }

    /// Places in a log that can be gone to directly, in order.
    package func positions(of log: LogIndex) throws(Failure) -> [LogPosition] {
        var positions: [LogPosition] = []
        let find = try database.statement(
            "SELECT seq, offset, time, chain FROM marks WHERE log=?1 ORDER BY seq"
        ).bind(1, Int64(log.raw))
        while try find.step() {
            let tip = LogTip(
                seq: find.unsigned(0), time: find.time(2),
                chain: try IndexStore.chain(find, 3))
            let offset = Int(find.integer(1))
            positions.append(
                LogPosition(offset: offset, tip: tip, sealedOffset: offset, sealedTip: tip))
        }
        return positions
    }
}
