// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Scenarios
import Simulation
import Testing

@Suite struct ReinstatementTests {
    private static func cutStory(by cutter: Character) -> Scenario {
        var story = Scenario("a", coordinators: "kl")
        story.write("a1 thing: title=One", "a2 a1: title=Two")
        story.cut("a", at: [Spot("a1")], by: cutter)
        return story
    }

    @Test func `a reinstatement lifts the cuts that it has seen`() throws {
        var story = ReinstatementTests.cutStory(by: "k")
        story.reinstate("a", lifting: [Spot("k1")], by: "l", having: [Spot("k1")])
        try expectReading(story, "a1", "title", "Two")
    }

    @Test func `a reinstatement does not lift a cut that it had not seen`() throws {
        var story = ReinstatementTests.cutStory(by: "k")
        story.reinstate("a", lifting: [Spot("k1")], by: "l")
        try expectReading(story, "a1", "title", "One")
    }

    @Test func `a cut that a reinstatement does not name stays`() throws {
        var story = ReinstatementTests.cutStory(by: "k")
        story.cut("a", at: [Spot("a1")], by: "f")
        let seen = [Spot("k1"), story.last("f")]
        story.reinstate("a", lifting: [Spot("k1")], by: "l", having: seen)
        try expectReading(story, "a1", "title", "One")
        story.reinstate("a", lifting: [seen[1]], by: "f")
        try expectReading(story, "a1", "title", "Two")
    }

    @Test func `a cut is named with its history`() throws {
        var story = ReinstatementTests.cutStory(by: "k")
        let other = PinnedEntry(
            log: story.id(Spot("k1")).log, seq: 1, chain: Bytes16(high: 1, low: 1))
        let key = Scenario.device("a").key.publicKey
        story.append(
            .reinstated(key, lifts: [other], reason: "back"), by: "l", having: [Spot("k1")])
        try expectReading(story, "a1", "title", "One")
    }

    @Test func `a cut device that is enrolled anew is in again only if the cut is lifted`() throws {
        var story = Scenario("a", coordinators: "k")
        story.cut("k", at: [], by: "f")
        let cut = story.last("f")
        story.enrol("k", as: .coordinator)
        story.write("k1 thing: title=Plan")
        try expectReading(story, "k1", "title", "not held")
        story.reinstate("k", lifting: [cut], by: "f")
        try expectReading(story, "k1", "title", "Plan")
    }

    @Test func `a device does not reinstate itself`() throws {
        var story = ReinstatementTests.cutStory(by: "k")
        story.reinstate("a", lifting: [Spot("k1")], by: "a", having: [Spot("k1")])
        try expectReading(story, "a1", "title", "One")
    }

    @Test func `a cut coordinator reinstates neither itself nor others`() throws {
        var story = ReinstatementTests.cutStory(by: "l")
        story.write("k1 thing: title=Plan", "k2 k1: title=Changed")
        story.cut("k", at: [Spot("k1")], by: "f")
        let cut = story.last("f")
        story.reinstate("k", lifting: [cut], by: "k", having: [cut])
        story.reinstate("a", lifting: [Spot("l1")], by: "k", having: [Spot("l1")])
        try expectReading(story, "k1", "title", "Plan")
        try expectReading(story, "a1", "title", "One")
    }

    @Test func `a coordinator does not lift the founder's cut of a coordinator`() throws {
        var story = ReinstatementTests.cutStory(by: "l")
        story.write("k1 thing: title=Plan")
        story.cut("k", at: [], by: "f")
        let cut = story.last("f")
        story.reinstate("k", lifting: [cut], by: "l", having: [cut])
        try expectReading(story, "k1", "title", "not held")
        story.reinstate("k", lifting: [cut], by: "f")
        try expectReading(story, "k1", "title", "Plan")
    }

    @Test func `a base that counts late lifts a cut late, with no other news of the roster`() throws
    {
        var story = ReinstatementTests.cutStory(by: "k")
        story.write("k2 thing: title=Plan", "k3 k2: title=Changed")
        story.reinstate("a", lifting: [Spot("k1")], by: "l", having: [Spot("k3")])
        let shelf = try Shelf(story)
        try shelf.take([story.last("f"), Spot("a2"), Spot("k1"), Spot("l1")])
        #expect(try shelf.reads("a1", "title") == "One")
        try shelf.take("k3")
        #expect(try shelf.reads("a1", "title") == "Two")
    }
}
