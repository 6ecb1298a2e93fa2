// SPDX-License-Identifier: MIT
import Merging
import Projections

/// Words that are to be found from now on, or no longer.
///
/// A row of the search has the words of a record's own fields, or those that one of its entries
/// brought. Rows are numbered as they are written, since FTS5 writes out all that it holds in
/// memory whenever a row comes before the last one. A run says whose they are: its last row is that
/// of the record's own fields, those before it are those of its entries, in the order of its
/// history.
struct SearchWords {
    struct Run {
        /// The last one, counted from the first row that is written now.
        let row: Int
        let record: EntryRef
        /// How many entries of the record's history are before it.
        let position: Int
    }

    /// Words for a row; `row` is counted from the first one written now.
    struct Added {
        let row: Int
        let start: Int
        let count: Int
    }

    /// Words that were given to the row numbered `row` before.
    struct Removed {
        let row: UInt64
        let words: [UInt8]
    }

    private(set) var runs: [Run] = []
    /// Valid UTF-8, the words of all rows one after the other.
    private(set) var bytes: [UInt8] = []
    /// By rising rows.
    private(set) var added: [Added] = []
    private(set) var removed: [Removed] = []
    /// How many rows the runs have.
    private(set) var rows = 0

    var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    /// Gives a record a run with rows for its own fields and `count` entries.
    mutating func start(_ record: EntryRef, at position: Int, count: Int) {
        runs.append(Run(row: rows + count, record: record, position: position + count))
        rows += count + 1
    }

    /// Adds what the entry at a place of the last run's record brought.
    mutating func add(_ words: [UInt8], at position: Int) {
        guard let run = runs.last else { return }
        note(words, run.row + position - run.position)
    }

    /// Adds the words of the last run's record itself. Gives their row.
    mutating func addOwn(_ words: [UInt8]) -> Int? {
        guard let run = runs.last, words.isEmpty == false else { return nil }
        note(words, run.row)
        return run.row
    }

    mutating func remove(_ words: [UInt8], at row: UInt64) {
        guard words.isEmpty == false else { return }
        removed.append(Removed(row: row, words: words))
    }

    private mutating func note(_ words: [UInt8], _ row: Int) {
        guard words.isEmpty == false else { return }
        let new = Added(row: row, start: bytes.count, count: words.count)
        if let last = added.last, last.row > row {
            // The entry that creates a record is folded before entries that stand before it.
            added.insert(new, at: (added.lastIndex { $0.row <= row } ?? -1) + 1)
        } else {
            added.append(new)
        }
        bytes += words
    }
}
