// SPDX-License-Identifier: MIT
import Basics
import Events
import Queries
import Scenarios
import Simulation
import Testing

/// Random partnerships whose logs come in pieces: after each of them the index is what it would be
/// made anew.
@Suite struct RandomArrivalTests {
    @Test(arguments: [Vocabulary.clashes, .whole, .current])
    func `what comes in pieces comes to what it comes to at once`(
        vocabulary: Vocabulary
    ) throws {
        for seed in UInt64(1_000)..<1_008 {
            let story = RandomStory(seed: seed, vocabulary: vocabulary)
            let whole = try Shelf(story.scenario)
            try whole.takeAll()
            let pieces = try Shelf(story.scenario)
            for names in RandomArrivalTests.orders(of: story.names, seed) {
                for name in names {
                    let spot = RandomArrivalTests.half(of: name, story, pieces)
                    guard spot.seq > 0 else { continue }
                    try pieces.take([spot])
                    do { try pieces.compare() } catch {
                        Issue.record("seed \(seed), after \(spot): \(error)")
                        return
                    }
                }
            }
            #expect(try pieces.digest() == whole.digest(), "seed \(seed)")
        }
    }

    /// Twice all logs, in an order of the seed's; the founder's first piece comes first.
    private static func orders(of names: [Character], _ seed: UInt64) -> [[Character]] {
        let chance = SeededEntropy(seed)
        func shuffled(_ names: [Character]) -> [Character] {
            var left = names
            var order: [Character] = []
            while left.isEmpty == false {
                order.append(left.remove(at: chance.number(below: left.count)))
            }
            return order
        }
        return [["f"], shuffled(names), shuffled(names)]
    }

    /// The first half of a log, and the whole of it where that is held.
    private static func half(of name: Character, _ story: RandomStory, _ shelf: Shelf) -> Spot {
        let last = story.scenario.last(name).seq
        return Spot(name, shelf.held[name] == nil ? (last + 1) / 2 : last)
    }
}
