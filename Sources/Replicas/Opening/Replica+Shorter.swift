// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections

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
            guard let source = sources.first(where: { $0.identity.id == id }) else {
                remarks.append(
                    "The log \(id.hex) is missing from this book. The index was made anew from "
                        + "what "
                        + "is there; sync to take the log in again.")
                continue
            }
            guard source.identity.key == device.key, source.identity.id == (try ownLog).id else {
                remarks.append(
                    "The copy of the log \(id.hex) is shorter than it was. The index was made anew "
                        + "from what is there; sync to take the rest in again.")
                continue
            }
            _ = try beginNewLog(after: source.identity)
            remarks.append(
                "This device's own log is shorter than it was: its folder was put back from an "
                    + "older "
                    + "copy, or the disk lost its end. What was synced comes back with the next "
                    + "sync; what was recorded since is gone from this disk. A new log was begun.")
        }
    }
}
