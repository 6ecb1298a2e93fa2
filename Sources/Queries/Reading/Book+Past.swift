// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Merging
import Projections

extension Book {
    /// Every log's prefix up to a moment.
    package func bounds(asAt time: HybridTime) throws(Failure) -> Bounds {
        var limits: [LogIndex: UInt64] = [:]
        for (index, source) in sources {
            limits[index] = try ChainFinder(store: store, source: source, row: row(index)).seq(
                at: time)
        }
        return Bounds(limits: limits, otherwise: 0)
    }

    /// What the author of an entry had seen by it: its own log up to there, and what its bases
    /// name.
    package func bounds(knownTo entry: EntryRef) -> Bounds {
        var limits: [LogIndex: UInt64] = [entry.log: entry.seq]
        var holes: [LogIndex: [ClosedRange<UInt64>]] = [:]
        for (other, steps) in seen.causality.steps(of: entry.log) {
            limits[other] = min(
                seen.causality.reach(of: entry, about: other), bounds.limit(of: other))
            let left = steps.holes(at: entry.seq)
            if left.isEmpty == false { holes[other] = left }
        }
        return Bounds(limits: limits, otherwise: 0, holes: holes)
    }

    /// A book in memory that ends at the bounds. `isSearched` keeps the search up too.
    package func past(_ bounds: Bounds, isSearched: Bool = false) throws(Failure) -> Book {
        let past = try store.numbered(like: rows)
        let updater = Updater(
            past, partnership: store.stamp.partnership, bounds: bounds, isSearchKept: isSearched)
        _ = try updater.update(files)
        return try Book(past, files, bounds: bounds)
    }
}
