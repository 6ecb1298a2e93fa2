// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections
import Queries
import Scenarios
import Testing

/// A cut lists entries with their histories: what is no ancestor of one of them does not count.
@Suite struct HistoryCutTests {
    /// Log a parts after a1; k ends its access at some places.
    private func story(at places: [Spot]) -> Scenario {
        var story = Scenario("a", coordinators: "k")
        story.write("a1 thing: title=Quay")
        story.fork("a", after: 1, as: "x")
        story.write(
            "a2 a1: notes*=one", "a3 a1: tags+=first", "x2 a1: notes*=two", "x3 a1: tags+=second")
        story.cut("a", at: places, by: "k")
        return story
    }

    @Test(arguments: [
        (["a3"], "1", "first"), (["a2"], "1", "-"), (["x3"], "1", "second"),
        (["a3", "x3"], "2", "first second"), (["a2", "x3"], "2", "second"),
        (["a1"], "-", "-"), (["a1", "x3"], "-", "-"), (["a2", "a3"], "1", "-"),
    ])
    func `what counts is what stands in the history of a listed place`(
        places: [String], notes: String, tags: String
    ) throws {
        let story = story(at: places.map { Spot($0) })
        for order in orders(["f", "a", "x", "k"] as [Character]) {
            let shelf = try Shelf(story, takingIn: order)
            #expect(try shelf.reads("a1", "notes") == notes, "\(order)")
            #expect(try shelf.reads("a1", "tags") == tags, "\(order)")
        }
    }

    @Test func `nothing listed leaves nothing`() throws {
        let shelf = try Shelf(story(at: []))
        try shelf.takeAll()
        #expect(try shelf.record("a1") == nil)
    }

    @Test func `a place that is not held may be one to come, but in no place that is taken`() throws
    {
        let story = story(at: [Spot("x3")])
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1"), story.last("k")])
        #expect(try shelf.reads("a1", "title") == "Quay")
        try shelf.take([Spot("a2")])
        #expect(try shelf.reads("a1", "notes") == "1")
        try shelf.take([Spot("a3")])
        #expect(try shelf.record("a1") == nil)
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "tags") == "second")
    }
}
