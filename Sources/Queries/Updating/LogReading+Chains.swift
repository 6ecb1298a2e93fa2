// SPDX-License-Identifier: MIT
import Basics

extension LogReading {
    /// The chain values and times of the entries of one log that were read now.
    struct ChainRun {
        let first: UInt64
        var values: [Bytes16] = []
        var times: [HybridTime] = []

        func value(at seq: UInt64) -> Bytes16? {
            guard seq >= first, seq < first + UInt64(values.count) else { return nil }
            return values[Int(seq - first)]
        }

        func point(at seq: UInt64) -> ChainFinder.Point? {
            value(at: seq).map { ($0, times[Int(seq - first)]) }
        }
    }
}
