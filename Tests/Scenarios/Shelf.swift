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

    package init(_ scenario: Scenario) throws {
        self.scenario = scenario
        store = try IndexStore.inMemory(
            stamp: IndexStore.Stamp(
                partnership: scenario.partnership, vocabulary: scenario.vocabulary.number),
            vocabulary: scenario.vocabulary)
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
        for spot in places { held[spot.log] = max(held[spot.log] ?? 0, spot.seq) }
        return try Updater(store, partnership: scenario.partnership, fillsFrom: 0).update(sources)
    }

    package func rebuild() throws -> UpdateSummary {
        try Updater(store, partnership: scenario.partnership).rebuild(sources)
    }

    package func book() throws -> Book { try Book(store, sources) }

    package func digest() throws -> Digest { try book().stateDigest() }

    var sources: [LogSource] {
        held.keys.sorted().compactMap { name in
            guard let builder = scenario.builders[name], let seq = held[name],
                let end = scenario.ends[name]?[Int(seq)]
            else { return nil }
            return LogSource(builder.log, size: end, isOwn: false, countsUnsealed: true) {
                FileView(copying: Array(builder.bytes[..<end]))
            }
        }
    }

    /// Where an entry of the scenario stands in the index.
    package func place(_ spot: Spot) throws -> EntryRef {
        guard let place = try book().logs.place(of: scenario.id(spot)) else {
            preconditionFailure("nothing of log \(spot.log) was met")
        }
        return place
    }

    /// The letter of a log.
    package func name(_ log: LogID) -> Character {
        scenario.names.first { scenario.builders[$0]?.log.id == log } ?? "?"
    }
}
