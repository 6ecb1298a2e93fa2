// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections
import Queries

extension Replica {
    /// Logs that hold less than the index has read of them: a folder was put back from a copy, or a
    /// disk lost what it had promised to keep.
    /// Gives how many entries of each there were.
    static func shorterLogs(
        _ book: Book, _ sources: [LogSource]
    ) throws(Failure) -> [LogID: UInt64] {
        let shorter = book.rows.filter { row in
            guard let position = row.position, row.end == nil else { return false }
            let size =
                sources.first { $0.identity.id == row.id && $0.name == row.file }?.size ?? 0
            return size < position.offset
        }
        return Dictionary(
            shorter.map { ($0.id, $0.position?.tip.seq ?? 0) }, uniquingKeysWith: max)
    }

    /// Says which logs are shorter than they were, and what was found of the own log. Whatever that
    /// was, reading goes on; the next entry begins a new log where it must.
    func tell(of shorter: [LogID: UInt64]) {
        if let sentence = ownLogState.sentence { remarks.append(sentence) }
        for id in shorter.keys.sorted() {
            let isHeld = sources.contains { $0.identity.id == id }
            let isOwn = id == device.log && isHeld
            // The index is no witness; where the witness has nothing to say, it may still warn.
            if isOwn, ownLogState == .whole {
                ownLogState = .putBack
                remarks += [ownLogState.sentence].compactMap { $0 }
            }
            if isOwn == false { remarks.append(Replica.remark(on: id, isHeld: isHeld)) }
        }
    }

    private static func remark(on id: LogID, isHeld: Bool) -> String {
        guard isHeld else {
            return "The log \(id.hex) is missing from this book; all else is read from what is "
                + "there. Sync to take it in again."
        }
        return "The copy of the log \(id.hex) is shorter than it was; it is read as it is. "
            + "Sync to take the rest in again."
    }
}
