// SPDX-License-Identifier: MIT
package import Merging

/// Entries that are one act with another, which is the one that counts.
///
/// A repeat says nothing by itself: its original is what counts, with its own time, place and
/// sight. `Docs/Formats/Changes.md` has the rule.
package struct RepeatedEntries: Sendable {
    /// So many repeats of one entry are asked whether they were in sight: a function of the set,
    /// the first in canonical order.
    package static let askedForSight = 8

    /// What each repeat repeats, which repeats nothing itself.
    package let originals: [EntryRef: EntryRef]
    /// Those whose chain values lead to their originals, so that who has seen them has seen these.
    package let leading: Set<EntryRef>
    private let repeatsByOriginal: [EntryRef: [EntryRef]]

    package static let none = RepeatedEntries(originals: [:], leading: [], LogTable())

    package init(
        originals: [EntryRef: EntryRef], leading: Set<EntryRef>, _ logs: LogTable
    ) {
        self.originals = originals
        self.leading = leading
        let order = CanonicalOrder(logs)
        repeatsByOriginal = Dictionary(grouping: leading) { originals[$0] ?? $0 }
            .mapValues { repeats in
                let inOrder = repeats.sorted { order.precedes($0, $1) }
                return Array(inOrder.prefix(RepeatedEntries.askedForSight))
            }
    }

    package var isEmpty: Bool { originals.isEmpty }

    /// What counts for an entry: what it repeats, or itself.
    package func counted(_ entry: EntryRef) -> EntryRef { originals[entry] ?? entry }

    /// The repeats of an entry that are asked whether they were in sight.
    func repeats(of original: EntryRef) -> [EntryRef] { repeatsByOriginal[original] ?? [] }
}
