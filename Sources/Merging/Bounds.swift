// SPDX-License-Identifier: MIT

/// How much of each log counts: everything, what was there at a time, or what a device had seen.
package struct Bounds: Hashable, Sendable {
    /// The last seq that counts, by log; logs that are not listed count up to `otherwise`.
    package let limits: [LogIndex: UInt64]
    package let otherwise: UInt64
    /// Runs within the limits that do not count, sorted.
    package let holes: [LogIndex: [ClosedRange<UInt64>]]

    package init(
        limits: [LogIndex: UInt64], otherwise: UInt64,
        holes: [LogIndex: [ClosedRange<UInt64>]] = [:]
    ) {
        self.limits = limits
        self.otherwise = otherwise
        self.holes = holes
    }

    package static let everything = Bounds(limits: [:], otherwise: .max)

    package func limit(of log: LogIndex) -> UInt64 { limits[log] ?? otherwise }

    /// The lesser of two bounds, log by log.
    package func narrowed(to other: Bounds) -> Bounds {
        var both: [LogIndex: UInt64] = [:]
        for log in Set(limits.keys).union(other.limits.keys) {
            both[log] = min(limit(of: log), other.limit(of: log))
        }
        let holes = holes.merging(other.holes) { mine, theirs in
            (mine + theirs).sorted { $0.lowerBound < $1.lowerBound }
        }
        return Bounds(limits: both, otherwise: min(otherwise, other.otherwise), holes: holes)
    }

    package func contains(_ entry: EntryRef) -> Bool {
        entry.seq <= limit(of: entry.log)
            && holes[entry.log]?.contains { $0.contains(entry.seq) } != true
    }
}
