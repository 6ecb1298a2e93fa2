// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections
import Queries

extension Replica {
    /// Logs that hold less than the index has read of them: a folder was put back from a copy, or a
    /// disk lost what it had promised to keep.
    static func shorterLogs(_ book: Book, _ sources: [LogSource]) throws(Failure) -> [LogID] {
        book.rows.filter { row in
            guard let position = row.position else { return false }
            let size = sources.first { $0.identity.id == row.id }?.size ?? 0
            return size < position.offset
        }.map(\.id)
    }

    /// Says which logs are shorter than they were. A device whose own log is never continues it:
    /// the entries that are gone may be out in the world under the same places.
    func goOn(after shorter: [LogID]) throws(Failure) {
        for id in shorter {
            let source = sources.first { $0.identity.id == id }
            let isOwn = source != nil && source?.identity.id == heldOwnLog?.id
            remarks.append(Replica.remark(on: id, isHeld: source != nil, isOwn: isOwn))
            guard let log = source?.identity, isOwn, lock != nil else { continue }
            _ = try beginNewLog(after: log)
            remarks.append("A new log was begun for this device.")
        }
    }

    private static func remark(on id: LogID, isHeld: Bool, isOwn: Bool) -> String {
        guard isHeld else {
            return "The log \(id.hex) is missing from this book; all else is read from what is "
                + "there. Sync to take it in again."
        }
        guard isOwn else {
            return "The copy of the log \(id.hex) is shorter than it was; it is read as it is. "
                + "Sync to take the rest in again."
        }
        return
            "This device's own log is shorter than it was: its folder was put back from an older "
            + "copy, or the disk lost its end. What was synced comes back with the next sync; what "
            + "was recorded since is gone from this disk."
    }
}
