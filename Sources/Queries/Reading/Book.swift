// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
package import Merging
package import Projections

/// Everything that can be read: the records as they are, or as they were at some place in the past.
///
/// A book is read by one thread. It holds the index and the logs that the index was made from.
package final class Book {
    package let store: IndexStore
    package let rows: [LogRow]
    package let logs: LogTable
    package let roster: Roster
    package let bounds: Bounds
    package let seen: Seen
    let sources: [LogIndex: LogSource]
    /// All files of logs, also of those that are read in part.
    let files: [LogSource]
    private let names: LinkNames
    let links: LinkResolver
    let formerNames: FormerNames
    private var folds: [Fold?]
    let chains: NearbyChains
    /// Those that were looked up so far.
    var holders: [DeviceKey: Holder] = [:]

    package init(
        _ store: IndexStore, _ sources: [LogSource], bounds: Bounds = .everything
    ) throws(Failure) {
        self.store = store
        self.bounds = bounds
        rows = try store.logRows()
        logs = LogTable(rows)
        roster = try store.roster(rows)
        seen = try Book.seen(store, rows, logs)
        var byKey: [Histories.Key: LogSource] = [:]
        for source in sources { byKey[Histories.Key(source)] = source }
        var byIndex: [LogIndex: LogSource] = [:]
        for row in rows { byIndex[row.index] = byKey[Histories.Key(row)] }
        self.sources = byIndex
        files = sources
        let chains = NearbyChains(store, rows, byIndex)
        self.chains = chains
        links = LinkResolver(
            table: logs, rows: rows, bounds: bounds, causality: seen.causality,
            repeats: seen.repeats, namers: [], open: try store.openNamings()
        ) { (entry) throws(Failure) in try chains.chain(at: entry) }
        formerNames = try FormerNames(store, rows, links)
        names = LinkNames(links)
        folds = store.vocabulary.kinds.map { _ in nil }
    }

    /// What entries had seen, as the index has it.
    static func seen(
        _ store: IndexStore, _ rows: [LogRow], _ logs: LogTable
    ) throws(Failure) -> Seen {
        Seen(
            Causality(logs) { [store] (log, about) throws(Failure) in
                try store.lines(of: log, about: about)
            }, admissions: rows.map(\.admission), vocabularies: rows.map(\.vocabulary),
            repeats: try store.repeatedEntries(logs))
    }

    package var vocabulary: Vocabulary { store.vocabulary }

    package func row(_ log: LogIndex) -> LogRow { rows[Int(log.raw)] }

    package func source(_ log: LogIndex) -> LogSource? { sources[log] }

    /// The device that writes a log, if it is enrolled.
    package func device(of log: LogIndex) -> Device? {
        row(log).identity.flatMap { roster.device($0.key) }
    }

    /// How a log's entries and records are called: by its name, or by the start of its id behind a
    /// question mark while the device is not enrolled.
    package func callSign(of log: LogIndex) -> String {
        guard row(log).admission != nil, let name = row(log).name else {
            return Book.unnamed(row(log).id)
        }
        return name.shown
    }

    /// The same for a log of which nothing may be held.
    package func callSign(of id: LogID) -> String {
        logs.index(of: id).map { callSign(of: $0) } ?? Book.unnamed(id)
    }

    /// How a log is called that has no name here.
    package static func unnamed(_ id: LogID) -> String { "?\(id.hex.prefix(6))" }

    /// The record as people see it; nil if it is not held, or of an unknown kind.
    package func record(_ place: EntryRef) throws(Failure) -> RecordView? {
        guard let row = try store.recordRow(place, logs: rows.count), let kind = row.kind else {
            return nil
        }
        let view = evaluation(kind).view(place, row.state)
        try seen.causality.check()
        return view
    }

    func evaluation(_ kind: Int) -> RecordEvaluation {
        RecordEvaluation(plan: fold(kind).plan, seen: seen, logs: logs)
    }

    /// How entries on the kind at a place of the vocabulary are folded.
    func fold(_ kind: Int) -> Fold {
        if let known = folds[kind] { return known }
        let fold = Fold(
            KindPlan(vocabulary.kinds[kind], formsSince: vocabulary.formsSince), names)
        folds[kind] = fold
        return fold
    }
}
