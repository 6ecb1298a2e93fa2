// SPDX-License-Identifier: MIT
package import Merging

/// Entries that a device wrote down again in another log, and what each of them repeats.
///
/// A repeat says nothing by itself: the entry that it repeats is what counts, with its own time,
/// place and sight. `Docs/Formats/Changes.md` has the rule. It asks who is admitted and nothing
/// later, so that it goes before what was seen and what is folded.
package struct RepeatedEntries: Sendable {
    /// An entry that names another one as what it repeats, which is held and is fit to be that.
    package struct Naming: Hashable, Sendable {
        package let entry: EntryRef
        package let named: EntryRef

        package init(entry: EntryRef, named: EntryRef) {
            self.entry = entry
            self.named = named
        }
    }

    /// So many repeats of one entry are asked whether they were in sight: a function of the set,
    /// the first in canonical order.
    package static let askedForSight = 8

    /// What each repeat repeats, which repeats nothing itself.
    package private(set) var originals: [EntryRef: EntryRef] = [:]
    private var repeatsByOriginal: [EntryRef: [EntryRef]] = [:]

    package static let none = RepeatedEntries(originals: [:], held: [:], LogTable())

    /// `held` is what entries name that is held, whether it is fit to be what they repeat or not.
    package init(
        originals: [EntryRef: EntryRef], held: [EntryRef: EntryRef], _ logs: LogTable
    ) {
        self.originals = originals
        let order = CanonicalOrder(logs)
        for entry in RepeatedEntries.leading(to: originals, by: held) {
            guard let original = originals[entry] else { continue }
            repeatsByOriginal[original, default: []].append(entry)
        }
        for (original, repeats) in repeatsByOriginal {
            let first = repeats.sorted { order.precedes($0, $1) }
            repeatsByOriginal[original] = Array(first.prefix(RepeatedEntries.askedForSight))
        }
    }

    /// Those whose chain values lead to their originals: these were written before them. What only
    /// stands for an entry that is not held may have been written by someone who had seen what was
    /// written in sight of its repeat: nobody has seen it by that, or two could have seen each
    /// other.
    private static func leading(
        to originals: [EntryRef: EntryRef], by held: [EntryRef: EntryRef]
    ) -> [EntryRef] {
        var known: [EntryRef: Bool] = [:]
        for start in originals.keys {
            var path: [EntryRef] = []
            var place = start
            while known[place] == nil, let named = held[place] {
                guard let original = originals[place], named != original else { break }
                guard originals[named] == original else { break }
                // Until it is known: what leads back to itself leads nowhere.
                known[place] = false
                path.append(place)
                place = named
            }
            let leads = known[place] ?? (held[place] != nil && held[place] == originals[place])
            for place in path + [place] { known[place] = leads }
        }
        return originals.keys.filter { known[$0] == true }
    }

    /// `admissions` are by the numbers of logs. No entry may be among the namings twice; `held` is
    /// what entries name that is held, which is all that the namings say where it is left out.
    package init(
        _ namings: [Naming], held: [EntryRef: EntryRef]? = nil, admissions: [Admission?],
        _ logs: LogTable
    ) {
        func counts(_ entry: EntryRef) -> Bool {
            admissions[Int(entry.log.raw)]?.role(at: entry.seq) != nil
        }
        var next: [EntryRef: EntryRef] = [:]
        for naming in namings where counts(naming.entry) && counts(naming.named) {
            next[naming.entry] = naming.named
        }
        self.init(originals: RepeatedEntries.ends(of: next), held: held ?? next, logs)
    }

    package var isEmpty: Bool { originals.isEmpty }

    /// What counts for an entry: what it repeats, or itself.
    package func counted(_ entry: EntryRef) -> EntryRef { originals[entry] ?? entry }

    /// The repeats of an entry that are asked whether they were in sight.
    func repeats(of original: EntryRef) -> [EntryRef] { repeatsByOriginal[original] ?? [] }

    private enum End {
        case underway
        case endless
        case entry(EntryRef)
    }

    /// Where each chain of namings ends. One that comes back to itself ends nowhere, and neither
    /// does any that leads there: it repeats nothing.
    private static func ends(of next: [EntryRef: EntryRef]) -> [EntryRef: EntryRef] {
        var known: [EntryRef: End] = [:]
        for start in next.keys {
            var path: [EntryRef] = []
            var place = start
            var end: End?
            while end == nil {
                if let met = known[place] {
                    if case .underway = met { end = .endless } else { end = met }
                } else if let named = next[place] {
                    known[place] = .underway
                    path.append(place)
                    place = named
                } else {
                    end = .entry(place)
                }
            }
            for place in path { known[place] = end }
        }
        return next.keys.reduce(into: [:]) { ends, entry in
            if case .entry(let original)? = known[entry] { ends[entry] = original }
        }
    }
}
