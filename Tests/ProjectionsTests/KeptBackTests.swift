// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Scenarios
import Testing

/// An act that is kept back while others see one that says it repeats it.
@Suite struct KeptBackTests {
    /// A closing that was kept back, and a note that says it repeats it.
    @Test(arguments: ["notes*=fine", "status=shut notes*=fine", "title=Pier"])
    func `nobody lets others see one act and makes it another`(_ shown: String) throws {
        var story = Scenario("ab", coordinators: "c")
        story.write("b1 thing: title=Quay status=open level=low")
        story.begin("e", after: "a")
        story.write(
            "a1[b1] b1: status=shut", "e1[b1] b1: \(shown) again=a1", "b2[e1] b1: harms*=hurt")
        let before = try Shelf(story, holding: ["b2", "e1"].map { Spot($0) } + [story.last("f")])
        #expect(try before.reads("b1", "harms") == "1")
        for order in orders([story.last("a"), story.last("b"), story.last("e")]) {
            let shelf = try Shelf(story)
            for spot in order { _ = try shelf.take([spot]) }
            try shelf.takeAll()
            #expect(try shelf.findings("b1").contains("shutting-disputed"))
            #expect(try shelf.asides() == [])
        }
    }

    /// A closing of another record that says the same, seen in the place of this one's.
    @Test func `a closing elsewhere is no closing here`() throws {
        var story = Scenario("ab", coordinators: "c")
        story.write(
            "b1 thing: title=Quay status=open level=low", "b2 thing: title=Dock status=open")
        story.begin("e", after: "a")
        story.write(
            "a1[b2] b1: status=shut", "e1[b2] b2: status=shut again=a1", "b3[e1] b1: harms*=hurt")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.findings("b1").contains("shutting-disputed"))
        #expect(try shelf.reads("b2", "status") == "shut")
    }

    @Test func `a record is not taken away by an act that says something else`() throws {
        var story = Scenario("ab", coordinators: "c")
        story.append("a", "thing.made", .creates, ["level": .unsigned(5)], [])
        story.begin("e", after: "a")
        story.write("e1 thing: title=Quay again=a1", "b1[e1] e1: harms*=hurt")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("e1", "title") == "Quay")
        #expect(try shelf.reads("e1", "harms") == "1")
        #expect(try shelf.asides() == ["a1 malformed"])
    }
}
