// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Finds which entries are one act, and which of them counts: of those that would be folded if no
/// entry repeated another the one that none names, or else the first. So nobody has others write on
/// one, and takes it from them by another that waits or is set aside.
struct RepeatCheck {
    private let store: IndexStore
    private let rows: [LogRow]
    private let links: LinkResolver
    private let acts: Acts
    private let standing: EntryStanding

    /// `links` finds entries as they stand in their logs, repeats or not.
    init(
        store: IndexStore, rows: [LogRow], sources: [LogIndex: LogSource], bounds: Bounds,
        links: LinkResolver
    ) {
        self.store = store
        self.rows = rows
        self.links = links
        let entries = HeldEntries(store, rows, sources, bounds)
        acts = Acts(entries, links)
        standing = EntryStanding(store.vocabulary, entries, links)
    }

    /// What is so from now on.
    struct Result {
        var repeats = RepeatedEntries.none
        /// All entries that say that they repeat another.
        var namers: Set<EntryRef> = []
        /// Of them those that repeat another entry now than before, or one or none.
        var changed: [RepeatNote] = []
        /// What each entry repeated before.
        var before: [EntryRef: EntryRef] = [:]
        /// Whether an entry that names none is a repeat now, or is none any more. Which records
        /// link to it is not known.
        var isOtherwise = false
    }

    /// Takes in what was read now.
    func check(_ new: [LogReading.Repeat]) throws(Failure) -> Result {
        for item in new { try store.add(item) }
        let notes = try store.repeatNotes(links.table)
        let before = try store.repeatedEntries(links.table)
        guard notes.isEmpty == false || before.isEmpty == false else { return Result() }
        var result = Result()
        result.namers = Set(notes.map(\.entry))
        result.before = before.originals
        result.repeats = try repeats(notes.map(\.entry))
        let now = result.repeats
        for note in notes where isOther(note.entry, now, before) { result.changed.append(note) }
        for entry in Set(now.originals.keys).union(before.originals.keys)
        where isOther(entry, now, before) {
            try store.save(now, of: entry)
            if result.namers.contains(entry) == false { result.isOtherwise = true }
        }
        return result
    }

    private func isOther(
        _ entry: EntryRef, _ now: RepeatedEntries, _ before: RepeatedEntries
    ) -> Bool {
        now.originals[entry] != before.originals[entry]
            || now.leading.contains(entry) != before.leading.contains(entry)
    }

    private func repeats(_ namers: [EntryRef]) throws(Failure) -> RepeatedEntries {
        var members: [Acts.ID: [EntryRef]] = [:]
        for entry in namers { members[try acts.act(of: entry), default: []].append(entry) }
        let order = CanonicalOrder(links.table)
        var originals: [EntryRef: EntryRef] = [:]
        for (act, namers) in members {
            var all = namers.sorted { order.precedes($0, $1) }
            if case .entry(let first) = act, all.contains(first) == false {
                all.insert(first, at: 0)
            }
            guard all.count > 1 else { continue }
            var original: EntryRef?
            for entry in all where original == nil {
                if try standing.stands(entry) { original = entry }
            }
            guard let original else { continue }
            for entry in all where entry != original { originals[entry] = original }
        }
        return RepeatedEntries(
            originals: originals, leading: leading(to: originals), links.table)
    }

    /// Those whose chain values lead to their originals, which were written before them, and that
    /// are admitted. Who only stands for what is not held may have written in sight of what was
    /// written in sight of its repeat: nobody has seen it by that, or two could have seen each
    /// other.
    private func leading(to originals: [EntryRef: EntryRef]) -> Set<EntryRef> {
        var leads: [EntryRef: Bool] = [:]
        for start in originals.keys {
            var path: [EntryRef] = []
            var place = start
            while leads[place] == nil, let original = originals[start], place != original,
                let named = acts.named[place]
            {
                path.append(place)
                place = named
            }
            let isLed = leads[place] ?? (place == originals[start])
            for entry in path { leads[entry] = isLed }
        }
        return Set(
            originals.keys.filter { entry in
                leads[entry] == true
                    && rows[Int(entry.log.raw)].admission?.role(at: entry.seq) != nil
            })
    }
}
