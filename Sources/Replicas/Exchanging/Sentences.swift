// SPDX-License-Identifier: MIT

/// Sentences of one kind, of which a few are kept and all are counted: somebody else may have made
/// a hundred thousand of them.
package struct Sentences: Hashable, Sendable {
    private static let shownLimit = 3

    /// How many there were.
    package private(set) var count = 0
    private var shown: [String] = []

    package init() {}

    package mutating func add(_ sentence: String) {
        count += 1
        guard shown.count < Self.shownLimit, shown.contains(sentence) == false else { return }
        shown.append(sentence)
    }

    /// The first few different ones, and how many more there are.
    package var lines: [String] {
        let rest = count - shown.count
        return rest > 0 ? shown + ["and \(rest) more like that"] : shown
    }
}
