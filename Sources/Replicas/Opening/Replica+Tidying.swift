// SPDX-License-Identifier: MIT
package import Basics
import Logs

extension Replica {
    /// Opens the book in a folder for a command that writes. An index that turns out to be damaged
    /// hinders no recording: it is made anew.
    package static func writing(
        in folder: String, _ surroundings: Surroundings, for command: String
    ) throws(Failure) -> Replica {
        do throws(Failure) {
            return try Replica(opening: folder, surroundings, writing: command)
        } catch {
            guard error.kind == .indexDamaged else { throw error }
            let replica = try Replica(
                opening: folder, surroundings, writing: command, replacesIndex: true)
            replica.remarks.append(
                "The index was damaged and was made anew from the logs; nothing is lost.")
            return replica
        }
    }

    /// What a writer does first, under its lock: makes the folder its owner's alone, removes what
    /// stopped writers left, and makes the folder of the logs where the key alone was put back.
    static func tidy(_ paths: ReplicaPaths, _ files: any FileSystem) throws(Failure) {
        // Where the drive keeps no such thing, as sticks do, there is nothing to take away.
        for path in [paths.folder, paths.key] + indexFiles(paths) { _ = try files.protect(path) }
        try files.makeFolder(paths.logs)
        for folder in [paths.folder, paths.logs, paths.setAside]
        where try files.isFolder(folder) {
            try files.clearTemporaries(in: folder)
        }
    }

    /// Takes the index away, whatever is in it. The write-ahead log goes first: alone it means
    /// nothing, but beside another database it would be read into that one.
    static func removeIndex(_ paths: ReplicaPaths, _ files: any FileSystem) throws(Failure) {
        for path in indexFiles(paths).reversed() where try files.size(path) != nil {
            try files.remove(path)
        }
    }

    /// The database, its shared memory and its write-ahead log.
    private static func indexFiles(_ paths: ReplicaPaths) -> [String] {
        ["", "-shm", "-wal"].map { paths.index + $0 }
    }
}
