// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

extension LogReading {
    /// What became of one log when all were read at once.
    private struct Part {
        var reading: LogReading
        var row: LogRow
        var failure: Failure?
    }

    /// Reads what is new of several logs, on all cores: nothing in one log depends on another.
    ///
    /// The logs of `sources` have their numbers in `table` already. Gives the rows as they are
    /// then.
    static func all(
        _ sources: [(source: LogSource, row: LogRow)], _ table: LogTable, bounds: Bounds,
        keepsFresh: Bool = true
    ) throws(Failure) -> (reading: LogReading, rows: [LogRow]) {
        let parts = Parallel.map(sources.count) { place in
            var part = Part(
                reading: LogReading(keepsFresh: keepsFresh), row: sources[place].row)
            do throws(Failure) {
                try part.reading.read(
                    sources[place].source, &part.row, table, bounds: bounds)
            } catch {
                part.failure = error
            }
            return part
        }
        var reading = LogReading(keepsFresh: keepsFresh)
        let total = parts.reduce(0) { $0 + $1.reading.fresh.count }
        reading.fresh.reserveCapacity(total)
        for part in parts {
            if let failure = part.failure { throw failure }
            reading.join(part.reading)
        }
        return (reading, parts.map(\.row))
    }

    /// Adds the entries about records that were read of another log.
    mutating func joinFresh(of other: LogReading) {
        for var pin in other.pins {
            pin.entry += fresh.count
            pins.append(pin)
        }
        fresh += other.fresh
        stranded += other.stranded
    }

    /// Adds what was read of another log.
    private mutating func join(_ other: LogReading) {
        joinFresh(of: other)
        claims += other.claims
        repeats += other.repeats
        chains.merge(other.chains) { old, _ in old }
        counts.merge(other.counts) { old, _ in old }
        marks += other.marks
        roster += other.roster
        unread += other.unread
        troubles += other.troubles
    }
}
