// SPDX-License-Identifier: MIT
import Scenarios
import Testing

@Suite struct PartTests {
    @Test func `parts of all are kept`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: notes*=one", "b1[a1] a1: notes*=two", "c1[a1] a1: notes*=three",
            "b2 a1: notes*=four")
        try expectReading(story, "a1", "notes", "4")
    }

    @Test func `a void part does not count`() throws {
        var story = Scenario()
        story.write("a1 thing: notes*=one", "b1[a1] a1: notes*=two", "a2[b1] a1: notes!=b1")
        try expectReading(story, "a1", "notes", "1, void 1")
    }

    @Test func `a corrected part counts`() throws {
        var story = Scenario()
        story.write("a1 thing: notes*=one", "b1[a1] a1: notes~=a1,two")
        try expectReading(story, "a1", "notes", "1")
    }

    @Test func `voided by one and corrected by another it is disputed and does not count`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: notes*=one", "b1[a1] a1: notes!=a1", "c1[a1] a1: notes~=a1,two")
        try expectReading(story, "a1", "notes", "0, disputed 1")
    }

    @Test func `two different corrections dispute the part`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: notes*=one", "b1[a1] a1: notes~=a1,two", "c1[a1] a1: notes~=a1,three")
        try expectReading(story, "a1", "notes", "0, disputed 1")
    }

    @Test func `who has seen both settles`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: notes*=one", "b1[a1] a1: notes!=a1", "c1[a1] a1: notes~=a1,two",
            "a2[b1,c1] a1: notes~=a1,two")
        try expectReading(story, "a1", "notes", "1")
    }

    @Test func `a void of a part that is not held takes no other out of the count`() throws {
        var story = Scenario()
        story.write("a1 thing: notes*=one", "b1[a1] a1: notes*=two", "c1[a1,b1] a1: notes!=b1")
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1"), Spot("c1")])
        #expect(try shelf.reads("a1", "notes") == "1")
        try shelf.take("b1")
        #expect(try shelf.reads("a1", "notes") == "1, void 1")
    }

    @Test func `a void of an entry that added no part changes no count`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: notes*=one", "b1[a1] a1: title=Quay", "b2 a1: notes*=two",
            "c1[a1,b2] a1: notes!=b1")
        try expectReading(story, "a1", "notes", "2")
    }
}
