// SPDX-License-Identifier: MIT
import Basics
import Logs

extension LogReading {
    /// The chain values and times of the entries of one log that were read now.
    struct ChainRun {
        let first: UInt64
        private(set) var values: [Bytes16] = []
        private var times: [HybridTime] = []

        init(first: UInt64) { self.first = first }

        mutating func reserve(_ count: Int) {
            values.reserveCapacity(count)
            times.reserveCapacity(count)
        }

        mutating func append(_ entry: EntryView) {
            values.append(entry.chain.first)
            times.append(entry.header.time)
        }

        /// Lets go of all but the first so many.
        mutating func keep(_ count: Int) {
            values.removeLast(values.count - count)
            times.removeLast(times.count - count)
        }

        func value(at seq: UInt64) -> Bytes16? {
            guard seq >= first, seq < first + UInt64(values.count) else { return nil }
            return values[Int(seq - first)]
        }

        func point(at seq: UInt64) -> ChainFinder.Point? {
            value(at: seq).map { ($0, times[Int(seq - first)]) }
        }
    }
}
