// SPDX-License-Identifier: MIT

/// Words that are to be found from now on, or no longer, by their rows in the search.
///
/// They are given to the search in the order of its rows: it writes out all that it gathered
/// whenever a row comes before the last one.
struct SearchWords {
    struct Act {
        let row: UInt64
        let isRemoval: Bool
        let start: Int
        let count: Int
    }

    /// Valid UTF-8, all acts' words one after the other.
    private(set) var bytes: [UInt8] = []
    private var acts: [Act] = []

    mutating func add(_ words: [UInt8], at row: UInt64) { note(words, row, isRemoval: false) }

    mutating func remove(_ words: [UInt8], at row: UInt64) { note(words, row, isRemoval: true) }

    mutating func add(_ other: SearchWords) {
        let shift = bytes.count
        bytes += other.bytes
        for act in other.acts {
            acts.append(
                Act(
                    row: act.row, isRemoval: act.isRemoval, start: act.start + shift,
                    count: act.count))
        }
    }

    /// By row; those of one row as they were noted.
    var inOrder: [Act] { acts.sorted(byRadixOf: \.row) }

    private mutating func note(_ words: [UInt8], _ row: UInt64, isRemoval: Bool) {
        guard words.isEmpty == false else { return }
        acts.append(Act(row: row, isRemoval: isRemoval, start: bytes.count, count: words.count))
        bytes += words
    }
}
