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
        var table: LogTable
        var failure: Failure?
    }

    /// Reads what is new of several logs, on all cores: nothing in one log depends on another.
    ///
    /// The logs of `sources` have their numbers in `table` already. Gives the rows as they are
    /// then.
    static func all(
        _ sources: [(source: LogSource, row: LogRow)], _ table: inout LogTable, bounds: Bounds,
        keepsFresh: Bool = true
    ) throws(Failure) -> (reading: LogReading, rows: [LogRow]) {
        let numbered = table
        let parts = Parallel.map(sources.count) { place in
            var part = Part(
                reading: LogReading(keepsFresh: keepsFresh), row: sources[place].row,
                table: numbered)
            do throws(Failure) {
                try part.reading.read(
                    sources[place].source, &part.row, &part.table, bounds: bounds)
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
            let strangers = part.table.ids.dropFirst(numbered.ids.count).map { table.number($0) }
            reading.join(part.reading, strangers, after: LogIndex(UInt32(numbered.ids.count)))
        }
        return (reading, parts.map(\.row))
    }

    /// Adds what was read of another log. Logs that it met for the first time it numbered from
    /// `first` on; their numbers are now those given.
    private mutating func join(
        _ other: LogReading, _ numbers: [LogIndex], after first: LogIndex
    ) {
        if numbers.isEmpty {
            fresh += other.fresh
            claims += other.claims
        } else {
            func renumbered(_ log: LogIndex) -> LogIndex {
                log.raw < first.raw ? log : numbers[Int(log.raw - first.raw)]
            }
            for entry in other.fresh {
                let record = EntryRef(raw: entry.record)
                let place = EntryRef(renumbered(record.log), record.seq)
                fresh.append(
                    Fresh(
                        record: place.raw, place: entry.place, offset: entry.offset,
                        number: entry.number))
            }
            for claim in other.claims {
                claims.append(
                    Claim(
                        place: claim.place, about: renumbered(claim.about), upTo: claim.upTo,
                        chain: claim.chain))
            }
        }
        chains.merge(other.chains) { old, _ in old }
        counts.merge(other.counts) { old, _ in old }
        marks += other.marks
        roster += other.roster
        troubles += other.troubles
    }
}
