// SPDX-License-Identifier: MIT

/// How much of each log counts: everything, what was there at a time, or what a device had seen.
package struct Bounds: Hashable, Sendable {
    /// The last seq that counts, by log; logs that are not listed count up to `otherwise`.
    package let limits: [LogIndex: UInt64]
    package let otherwise: UInt64

    package init(limits: [LogIndex: UInt64], otherwise: UInt64) {
        self.limits = limits
        self.otherwise = otherwise
    }

    package static let everything = Bounds(limits: [:], otherwise: .max)

    package func limit(of log: LogIndex) -> UInt64 { limits[log] ?? otherwise }

    /// The lesser of two bounds, log by log.
    package func narrowed(to other: Bounds) -> Bounds {
        var both: [LogIndex: UInt64] = [:]
        for log in Set(limits.keys).union(other.limits.keys) {
            both[log] = min(limit(of: log), other.limit(of: log))
        }
        return Bounds(limits: both, otherwise: min(otherwise, other.otherwise))
    }

    package func contains(_ place: EntryRef) -> Bool { place.seq <= limit(of: place.log) }
}
