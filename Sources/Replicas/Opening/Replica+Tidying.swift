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
                "The index was damaged and was made anew from the logs.")
            return replica
        }
    }

    /// What a writer does first, under its lock: makes the folder its owner's alone, removes what
    /// stopped writers left, and makes the folder of the logs where the key alone was put back.
    /// Gives sentences about what it found odd.
    static func tidy(
        _ paths: ReplicaPaths, _ files: any FileSystem
    ) throws(Failure) -> [String] {
        let remarks = try clearPlaces(paths, files)
        // Where the drive keeps no such thing, as sticks do, there is nothing to take away.
        for path in [paths.folder, paths.key] + indexFiles(paths) { _ = try files.protect(path) }
        try files.makeFolder(paths.logs)
        for folder in [paths.folder, paths.logs, paths.setAside]
        where try files.isFolder(folder) {
            try files.clearTemporaries(in: folder, before: nil)
        }
        return remarks
    }

    /// Moves aside what stands in the place of a file of the book's and is none: a folder, a link,
    /// a pipe, what is larger than any log; and what stands in the place of the folder of the logs.
    /// The file is then missing, which a sync or the next writer mends.
    private static func clearPlaces(
        _ paths: ReplicaPaths, _ files: any FileSystem
    ) throws(Failure) -> [String] {
        let names = Set(([paths.witness, paths.lost] + indexFiles(paths)).map { $0.pathName })
        let oddNames = try files.oddNames(in: paths.folder)
        var odd = oddNames.filter { names.contains($0) }
        if try files.isFolder(paths.logs) {
            let large = try files.list(paths.logs).filter {
                $0.isFolder == false && $0.size > Limits.log
            }
            let inside = try files.oddNames(in: paths.logs) + large.map(\.name)
            odd += inside.filter { $0.hasSuffix(".log") }.map { "logs/\($0)" }
        } else {
            let isFile = try files.size(paths.logs) != nil
            if isFile || oddNames.contains(paths.logs.pathName) { odd.append(paths.logs.pathName) }
        }
        var remarks: [String] = []
        for path in odd.sorted() {
            try files.makeFolder(paths.setAside)
            let place = try freePlace(for: path.pathName, paths, files)
            try files.move("\(paths.folder)/\(path)", to: place)
            remarks.append(
                """
                In the place of '\(path)' in this book's folder stood something that is no such \
                file or folder; it was moved to \(place).
                """)
        }
        return remarks
    }

    /// A path in set-aside that nothing has.
    static func freePlace(
        for name: String, _ paths: ReplicaPaths, _ files: any FileSystem
    ) throws(Failure) -> String {
        let taken = Set(
            try files.list(paths.setAside).map(\.name) + files.oddNames(in: paths.setAside))
        var number = 1
        while taken.contains("\(name).\(number)") { number += 1 }
        return "\(paths.setAside)/\(name).\(number)"
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
