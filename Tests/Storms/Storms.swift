// SPDX-License-Identifier: MIT

/// Many storms, one after another.
package enum Storms {
    /// What became of a range of seeds.
    package struct Outcome: Sendable {
        package var troubles: [StormTrouble] = []
        package var census = Storm.Census()
    }

    /// Runs a storm for each seed; goes on after trouble, up to `troubleLimit` of them.
    package static func run(_ seeds: Range<UInt64>, troubleLimit: Int = 3) -> Outcome {
        var outcome = Outcome()
        for seed in seeds {
            let storm = Storm(Storm.Plan(seed: seed))
            do throws(StormTrouble) { try storm.run() } catch { outcome.troubles.append(error) }
            outcome.census = outcome.census + storm.census
            if outcome.troubles.count >= troubleLimit { break }
        }
        return outcome
    }
}
