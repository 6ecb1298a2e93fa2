// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
package import Merging
import Projections
package import Queries
import Simulation

/// One replica's index in memory, and how much of each log of a scenario it holds.
package final class Shelf {
    package let scenario: Scenario
    package let store: IndexStore
    package private(set) var held: [Character: UInt64] = [:]
    /// Whether the index was compared with the logs since it was last written.
    private var isCompared = true
    private let comparesItself: Bool
    private let countsUnsealed: Bool

    /// `comparesItself` is false for a test that compares so many that it chooses which;
    /// `countsUnsealed` is false where logs are read as others' are, up to their last seals.
    package init(
        _ scenario: Scenario, comparesItself: Bool = true, countsUnsealed: Bool = true
    ) throws {
        self.scenario = scenario
        self.comparesItself = comparesItself
        self.countsUnsealed = countsUnsealed
        store = try IndexStore.inMemory(
            stamp: IndexStore.Stamp(
                partnership: scenario.partnership, vocabulary: scenario.vocabulary))
    }

    /// Holds the logs up to these places and nothing else, taken in at once.
    package convenience init(_ scenario: Scenario, holding places: [Spot]) throws {
        try self.init(scenario)
        _ = try take(places)
    }

    /// Holds the logs with these names to their ends, each taken in after the one before.
    package convenience init(_ scenario: Scenario, takingIn names: [Character]) throws {
        try self.init(scenario)
        for name in names { _ = try take([scenario.last(name)]) }
    }

    /// Takes in logs up to these places, all in one update.
    @discardableResult
    package func take(_ places: [Spot]) throws -> UpdateSummary {
        // What was taken in at once is a fold from nothing itself.
        isCompared = held.isEmpty
        for spot in places { held[spot.log] = max(held[spot.log] ?? 0, spot.seq) }
        return try Updater(store, partnership: scenario.partnership).update(sources)
    }

    @discardableResult
    package func take(_ places: String...) throws -> UpdateSummary {
        try take(places.map { Spot($0) })
    }

    /// Takes in every log to its end.
    @discardableResult
    package func takeAll() throws -> UpdateSummary {
        try take(scenario.names.map { scenario.last($0) })
    }

    /// Takes in logs up to these places as those of a large book: what is mostly new is filled
    /// anew.
    package func takeMuch(_ places: [Spot]) throws -> UpdateSummary {
        // What was taken in at once is a fold from nothing itself.
        isCompared = held.isEmpty
        for spot in places { held[spot.log] = max(held[spot.log] ?? 0, spot.seq) }
        return try Updater(store, partnership: scenario.partnership, fillsFrom: 0).update(sources)
    }

    package func rebuild() throws -> UpdateSummary {
        isCompared = false
        return try Updater(store, partnership: scenario.partnership).rebuild(sources)
    }

    /// Everything that can be read. What the index keeps is first held against a fold of the logs
    /// from nothing, so that no test reads around what is stale there.
    package func book() throws -> Book {
        if comparesItself { try compare() }
        return try Book(store, sources)
    }

    /// Throws if the index says something else than the logs.
    package func compare() throws {
        guard isCompared == false else { return }
        let verdict = try IndexComparison.verdict(on: store, sources)
        guard case .same = verdict else { throw Stale(verdict: verdict) }
        isCompared = true
    }

    /// The index says something else than the logs.
    package struct Stale: Error {
        let verdict: IndexVerdict
    }

    package func digest() throws -> Digest { try book().stateDigest() }

    /// The logs as far as they are held.
    package var sources: [LogSource] {
        held.keys.sorted().compactMap { name in
            guard let builder = scenario.builders[name], let seq = held[name],
                let end = scenario.ends[name]?[Int(seq)]
            else { return nil }
            return LogSource(
                builder.log, name: String(name), size: end, isOwn: false,
                countsUnsealed: countsUnsealed
            ) {
                FileView(copying: Array(builder.bytes[..<end]))
            }
        }
    }

    /// Where an entry of the scenario stands in the index.
    package func place(_ spot: Spot) throws -> EntryRef {
        guard let place = try held(spot) else {
            preconditionFailure("nothing of log \(spot.log) was met")
        }
        return place
    }

    /// The same; nil if it is not held. Where not all of a log's histories are, an entry may stand
    /// in another node than it does in the scenario.
    func held(_ spot: Spot) throws -> EntryRef? {
        let (book, id) = (try book(), scenario.id(spot))
        guard id.branch != nil, book.logs.place(of: id) == nil else {
            return book.logs.place(of: id)
        }
        let link = Link(EntryID(log: id.log, seq: id.seq), chain: scenario.chain(spot))
        return try book.place(of: link)
    }

    /// The letter of a log.
    package func name(_ log: LogID) -> Character {
        scenario.names.first { scenario.builders[$0]?.log.id == log } ?? "?"
    }
}
