// SPDX-License-Identifier: MIT

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Wall time by the clock that is never set.
enum Stopwatch {
    static func nowNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// How long the work takes, in nanoseconds.
    static func time(_ work: () throws -> Void) rethrows -> UInt64 {
        let start = nowNanoseconds()
        try work()
        return nowNanoseconds() - start
    }
}

/// One measured thing: its times over several runs, what it is compared with, and its bound.
struct Figure {
    let name: String
    /// Nanoseconds, one for each run, sorted.
    let times: [UInt64]
    /// The largest resident memory of a run in bytes; 0 if it was not looked at.
    var peakBytes = 0
    /// How long a million links of BLAKE2b took while it was measured, in nanoseconds; 0 if that
    /// was not looked at.
    var pace: UInt64 = 0
    var reference: Reference?
    /// Nanoseconds; nil where nothing is promised.
    var bound: UInt64?
    /// Whether others are compared with it as it was while they were measured.
    var isPace = false

    /// A time that another is a multiple of.
    struct Reference {
        let name: String
        let nanoseconds: UInt64
    }

    init(_ name: String, _ times: [UInt64]) {
        self.name = name
        self.times = times.sorted()
    }

    var median: UInt64 { times[times.count / 2] }
    var p90: UInt64 { times[min(times.count - 1, times.count * 9 / 10)] }
    var isOver: Bool { bound.map { median > $0 } ?? false }
    var ratio: Double? { reference.map { Double(median) / Double(max(1, $0.nanoseconds)) } }
}
