// SPDX-License-Identifier: MIT
import Basics
import Logs
import Queries
import Syncing

/// Logs that stand under a name which is none of theirs: copies beside them, files that somebody
/// renamed or exchanged. Whoever reads goes by names, and passes them over.
extension Replica {
    private typealias Misnamed = (path: String, name: String, right: String)

    /// Puts them where they belong; where that is taken, aside.
    func clearMisnamed() throws(Failure) {
        var left: [Misnamed] = []
        for (file, identity) in try Replica.logs(in: paths, surroundings.files, store.logRows())
        where HeldLog.mayName(file.name, identity.id) == false {
            // A birth that rotted is another log's, and what follows does not go on from it.
            guard try goesOnFromBirth("\(paths.logs)/\(file.name)") else { continue }
            left.append(("\(paths.logs)/\(file.name)", file.name, paths.log(identity.id)))
        }
        guard left.isEmpty == false else { return }
        var parked: [Misnamed] = []
        while left.isEmpty == false {
            let free = try firstFree(left)
            let one = left.remove(at: free ?? 0)
            guard free == nil else {
                try putRight(one)
                continue
            }
            let place = try moveAside(one)
            // Two that stand under each other's names make room for each other.
            if left.contains(where: { $0.path == one.right }) {
                parked.append((place, one.name, one.right))
            } else {
                tell(ofCopy: one, at: place)
            }
        }
        for one in parked {
            if try isFree(one.right) { try putRight(one) } else { tell(ofCopy: one, at: one.path) }
        }
        try refreshSources()
    }

    /// Whether the first batch of a file, if there is one, goes on from its birth.
    func goesOnFromBirth(_ path: String) throws(Failure) -> Bool {
        let view = try surroundings.files.view(path)
        defer { withExtendedLifetime(view) {} }
        do throws(LogError) {
            var scanner = try LogScanner(view.bytes)
            return scanner.position.offset == view.bytes.count || scanner.nextIfGood() != nil
        } catch {
            return false
        }
    }

    private func firstFree(_ misnamed: [Misnamed]) throws(Failure) -> Int? {
        for (place, one) in misnamed.enumerated() where try isFree(one.right) { return place }
        return nil
    }

    private func isFree(_ path: String) throws(Failure) -> Bool {
        try surroundings.files.size(path) == nil
    }

    private func putRight(_ one: Misnamed) throws(Failure) {
        try surroundings.files.move(one.path, to: one.right)
        remarks.append("The log \(one.name) stood under a wrong name; it was put right.")
    }

    private func moveAside(_ one: Misnamed) throws(Failure) -> String {
        try surroundings.files.makeFolder(paths.setAside)
        let place = try Replica.freePlace(for: one.name, paths, surroundings.files)
        try surroundings.files.move(one.path, to: place)
        return place
    }

    private func tell(ofCopy one: Misnamed, at place: String) {
        remarks.append(
            """
            Among this book's logs stood a copy of one, \(one.name); it was moved to \(place).
            """)
    }
}
