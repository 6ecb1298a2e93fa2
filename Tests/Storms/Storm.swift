// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Replicas
import Simulation

/// One partnership in bad weather: its devices do what people do, while power goes, disks fill,
/// sticks are pulled and clocks are wrong. One seed is one storm.
///
/// After the deeds the weather clears: everyone syncs until nothing moves, and all that the
/// invariants promise is compared.
package final class Storm {
    package struct Plan: Hashable, Sendable {
        package let seed: UInt64
        package var deeds = 24

        package init(seed: UInt64) { self.seed = seed }
    }

    let plan: Plan
    let chance: SeededEntropy
    /// The folders that the devices share.
    let shared = MemoryFiles()
    let folders: [String]
    var stations: [Station] = []
    var timeline = Timeline()
    /// How many folders were copied and used twice.
    var clones = 0
    /// Entries that a command answered for, and what their logs' chain values began with there.
    var acknowledged: [EntryID: Bytes16] = [:]
    package internal(set) var census = Census()

    /// What has happened so far, a line a deed.
    package var story: String { timeline.text }

    package init(_ plan: Plan) {
        self.plan = plan
        chance = SeededEntropy(plan.seed)
        folders = Array(["stick", "share", "cloud"].prefix(1 + chance.number(below: 3)))
    }

    /// Runs the whole storm and throws a `StormTrouble` for the first promise that was broken.
    package func run() throws(StormTrouble) {
        do {
            try begin()
            for _ in 0..<plan.deeds { try deed() }
            try heal()
            try compare()
        } catch let trouble as Broken {
            throw StormTrouble(
                seed: plan.seed, sentence: trouble.sentence, timeline: timeline.text)
        } catch {
            throw StormTrouble(
                seed: plan.seed, sentence: "An error came through: \(error).",
                timeline: timeline.text)
        }
    }

    /// How many things of each sort happened: a storm in which nothing does proves nothing.
    package struct Census: Hashable, Sendable {
        package var recorded = 0
        package var refused = 0
        package var failed = 0
        package var powerCuts = 0
        package var settled = 0
        package var faults = 0
        package var stripped = 0
        package var putBack = 0
        package var clones = 0

        package static func + (left: Census, right: Census) -> Census {
            var sum = left
            sum.recorded += right.recorded
            sum.refused += right.refused
            sum.failed += right.failed
            sum.powerCuts += right.powerCuts
            sum.settled += right.settled
            sum.faults += right.faults
            sum.stripped += right.stripped
            sum.putBack += right.putBack
            sum.clones += right.clones
            return sum
        }

        package init() {}
    }
}

/// A promise that was broken; the storm adds its seed and timeline.
struct Broken: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

/// What a storm found, with all that it takes to see it again.
package struct StormTrouble: Error, CustomStringConvertible {
    package let seed: UInt64
    package let sentence: String
    package let timeline: String

    package var description: String {
        """
        Seed \(seed): \(sentence)
        \(timeline)
        See it again with: scripts/simulate --from \(seed) --seeds 1
        """
    }
}
