// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

extension Updater {
    /// Finds out what new entries are about, and folds them. False if what was folded has to be
    /// taken back.
    func take(
        _ sight: Causality, _ claims: ClaimCheck, _ late: [Claim], before: [UInt64],
        _ isFilling: Bool
    ) throws(Failure) -> Bool {
        var links = LinkResolver(
            table: table, rows: rows, bounds: bounds, causality: sight, repeats: .none, namers: [],
            open: try store.openNamings()
        ) { (entry) throws(Failure) in try claims.point(at: entry.seq, of: entry.log)?.chain }
        let found = try RepeatCheck(
            store: store, rows: rows, sources: sources, bounds: bounds, links: links
        ).check(
            RepeatCheck.News(
                repeats: reading.repeats, arrived: arrived(since: before),
                claimed: Set(late.map(\.about)), isOfRoster: hasOtherRoster))
        guard isFilling || found.isOtherwise == false else { return false }
        links.repeats = found.repeats
        links.namers = found.namers
        guard let relinked = try linksAsAssumed(links, late, before: before) else { return false }
        try takeUpStranded(late, links, before: before)
        try checkHistories(links)
        var touched = try records(touchedBy: late.map(\.place), found.repeats)
        if isFilling == false {
            touched += try foldAgain(found, relinked, links, before: before)
        }
        try standIn(found.repeats)
        for entry in reading.stranded { try store.save(entry) }
        try fold(sight, found, links, reconsidering: touched.unique(), isFilling)
        return true
    }

    /// Folds what was read into the records that it is about.
    private func fold(
        _ sight: Causality, _ found: RepeatCheck.Result, _ links: LinkResolver,
        reconsidering touched: [EntryRef],
        _ isFilling: Bool
    ) throws(Failure) {
        let fresh = reading.fresh
        // Nothing of it is wanted any more, and a large book needs the room.
        reading.forgetPlaces()
        let projection = RecordUpdater(
            RecordFolder.FoldingContext(
                store: store, rows: rows, table: table,
                sources: rows.map { self.sources[$0.index] },
                seen: Seen(
                    sight, admissions: rows.map(\.admission),
                    vocabularies: rows.map(\.vocabulary), repeats: found.repeats),
                namers: found.namers, open: links.open, bounds: bounds, isFilling: isFilling),
            isSearchKept: isSearchKept)
        try projection.update(fresh, reconsidering: touched)
        summary.recordsTouched = projection.touched
    }
}
