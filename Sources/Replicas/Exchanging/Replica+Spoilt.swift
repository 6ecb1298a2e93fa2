// SPDX-License-Identifier: MIT
import Basics
import Syncing

extension Replica {
    /// Has files that hold other bytes than they did be missed by those who know them, so that
    /// whoever holds their entries leaves them again. Gives those that are read no more.
    func rename(
        spoilt collected: Collected, in exchange: Exchange, _ report: inout SyncReport
    ) throws(Failure) -> Set<String> {
        var (count, gone): (Int, Set<String>) = (0, [])
        let isUnfinished = collected.files.contains { $0.outcome == .notHereYet }
        let now = surroundings.clock.nowMilliseconds()
        let old = isUnfinished ? try exchange.oldSegments(at: now) : []
        for file in collected.files
        where file.outcome.mayBeSpoilt(isOld: old.contains(file.name))
            || collected.misnamed.contains(file.name) && file.outcome != .notHereYet
        {
            do throws(Failure) {
                let isSegment = file.outcome.mayBeSegment
                guard try exchange.rename(spoilt: file.name, isSegment: isSegment) else { continue }
                count += 1
                if isSegment == false { gone.insert(file.name) }
            } catch {
                // A folder that cannot be written to, or is full, is told where things are left.
                continue
            }
        }
        guard count > 0 else { return gone }
        let files =
            count == 1
            ? "A file in the folder was damaged, or another was put in its place"
            : "\(count) files in the folder were damaged, or others were put in their places"
        report.remarks.append(
            "\(files). Whoever holds what was there leaves it again with the next sync.")
        return gone
    }
}
