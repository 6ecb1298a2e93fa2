// SPDX-License-Identifier: MIT
import Events
import Projections
import Queries
import Scenarios
import Testing

/// What a program that states a lower vocabulary number cannot have shown counts as not seen.
@Suite struct VocabularyGateTests {
    /// a's program is new and writes what only it knows; b's is old and closes in sight of it.
    private static func story(_ harm: String, shutter: String = "b2[a3] a2: status=shut")
        -> Scenario
    {
        var story = Scenario("ab", vocabulary: .newer)
        story.write("a1 v2", "a2 thing: title=Quay level=low status=open", "a3 a2: \(harm)")
        story.write("b1 v1", shutter)
        return story
    }

    private func findings(_ story: Scenario) throws -> [String] {
        let shelf = try Shelf(story)
        try shelf.takeAll()
        return try shelf.findings("a2")
    }

    @Test(arguments: ["breaches*=cut", "level=extreme", "harms*=text:cut"])
    func `an old program that closes over what it could not show has not seen it`(
        harm: String
    ) throws {
        #expect(try findings(Self.story(harm)) == ["shutting-disputed"])
        // A program that states the number has seen it.
        var known = Self.story(harm, shutter: "b2 v2")
        known.write("b3[a3] a2: status=shut")
        #expect(try findings(known) == [])
    }

    @Test func `what was in sight before the program was renewed is seen from then on`() throws {
        var story = Self.story("breaches*=cut", shutter: "b2[a3] -")
        story.write("b3 v2", "b4 a2: status=shut")
        #expect(try findings(story) == [])
    }

    @Test func `a program that went back has not seen what it cannot show`() throws {
        var story = Self.story("breaches*=cut", shutter: "b2 v2")
        story.write("b3[a3] a2: title=Pier", "b4 v1", "b5 a2: status=shut")
        #expect(try findings(story) == ["shutting-disputed"])
    }

    @Test func `who states 0 states nothing, and knows what they knew`() throws {
        var story = Self.story("breaches*=cut", shutter: "b2 v2")
        story.write("b3 v0", "b4[a3] a2: status=shut")
        #expect(try findings(story) == [])
    }

    @Test func `what old programs know too is seen by them`() throws {
        for harm in ["harms*=cut", "level=high"] {
            #expect(try findings(Self.story(harm)) == [])
        }
    }

    @Test func `within one log there is no gate`() throws {
        var story = Scenario("ab", vocabulary: .newer)
        story.write(
            "a1 v2", "a2 thing: title=Quay status=open breaches*=cut level=extreme", "a3 v1",
            "a4 a2: status=shut level=low tags+=z", "a5 a2: tags-=z")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.findings("a2") == [])
        #expect(try shelf.reads("a2", ["level", "tags"]) == ["low", ""])
    }

    @Test func `what a log had seen before it went back stays settled`() throws {
        var story = Scenario("ab", vocabulary: .newer)
        story.write(
            "a1 v2", "a2 thing: level=extreme tags+=z", "b1 v2",
            "b2[a2] a2: level=high tags-=z", "b3 v1", "b4 a2: level=low tags-=z")
        try expectReading(story, "a2", "level", "low")
        try expectReading(story, "a2", "tags", "")
    }

    @Test func `an element whose choice came later is taken out only by those who know it`() throws
    {
        var story = Scenario("ab", vocabulary: .newer)
        story.write(
            "a1 v2", "a2 thing: title=Quay tags+=x,z", "b1 v1", "b2[a2] a2: tags-=x,z")
        try expectReading(story, "a2", "tags", "z")
    }

    @Test func `an old program counts what it cannot read and reads the rest`() throws {
        var story = Self.story("breaches*=cut", shutter: "b2[a3] a2: status=shut")
        story.write("a4 gadget: title=New", "a5 a2: level=extreme")
        let old = try Shelf(story.known(to: .older))
        try old.takeAll()
        #expect(try old.book().unread() == [.field: 1, .kind: 1, .choice: 1])
        #expect(try old.reads("a2", ["title", "status"]) == ["Quay", "shut"])
        let new = try Shelf(story)
        try new.takeAll()
        #expect(try new.book().unread() == [:])
    }
}
