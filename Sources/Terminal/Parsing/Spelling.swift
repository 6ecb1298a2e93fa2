// SPDX-License-Identifier: MIT

/// Which known word a person probably meant.
enum Spelling {
    /// Words longer than this are no misspelling of ours; the work grows with the square of the
    /// length.
    private static let longestWord = 40

    /// The nearest candidate if it is near: one slip in a short word, and one more for every four
    /// letters; or else the only one that begins with what was typed.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let typed = Array(word.lowercased().unicodeScalars)
        guard !typed.isEmpty, typed.count <= longestWord else { return nil }
        var best: (word: String, slips: Int)?
        for candidate in candidates {
            let slips = distance(typed, Array(candidate.lowercased().unicodeScalars))
            let allowed = 1 + (max(typed.count, candidate.unicodeScalars.count) - 1) / 4
            if slips <= allowed, slips < typed.count, slips < best?.slips ?? .max {
                best = (candidate, slips)
            }
        }
        if let best { return best.word }
        let longer = candidates.filter { $0.hasPrefix(word) }
        return longer.count == 1 ? longer[0] : nil
    }

    /// How many letters were left out, added, changed or swapped with their neighbour
    /// (optimal string alignment).
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var cost = min(
                    last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
