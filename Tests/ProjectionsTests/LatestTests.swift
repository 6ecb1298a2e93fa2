// SPDX-License-Identifier: MIT
import Scenarios
import Testing

@Suite struct LatestTests {
    @Test func `of two values that had not seen each other the later is shown`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[a1] a1: title=Dock")
        try expectReading(story, "a1", "title", "Dock (b1 Pier | c1 Dock)")
    }

    @Test func `the later is the one with the later time and not the one written after`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1@90[a1] a1: title=Pier", "c1@40[a1] a1: title=Dock")
        try expectReading(story, "a1", "title", "Pier (b1 Pier | c1 Dock)")
    }

    @Test func `who had seen a value replaces it whatever the clocks say`() throws {
        var story = Scenario()
        story.write("a1@90 thing: title=Quay", "b1@10[a1] a1: title=Pier")
        try expectReading(story, "a1", "title", "Pier")
    }

    @Test func `equal values are no conflict`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[a1] a1: title=Pier")
        try expectReading(story, "a1", "title", "Pier")
    }

    @Test func `a cleared field disagrees with a value and no value may win`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[a1] a1: title=")
        try expectReading(story, "a1", "title", "- (b1 Pier | c1 -)")
    }

    @Test func `who has seen both sides settles`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[a1] a1: title=Dock",
            "a2[b1,c1] a1: title=Pier")
        try expectReading(story, "a1", "title", "Pier")
    }

    @Test func `who has seen one side settles nothing with the other`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[a1] a1: title=Dock",
            "a2[b1] a1: title=Slip")
        try expectReading(story, "a1", "title", "Slip (a2 Slip | c1 Dock)")
    }

    @Test func `what a log had seen it had seen on every record`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] thing: title=Other", "b2 a1: title=Pier",
            "a2[b1] a1: title=Slip")
        try expectReading(story, "a1", "title", "Slip (a2 Slip | b2 Pier)")
    }

    @Test func `a place named by a receipt counts for what follows`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[a1] -", "c2[b1] -",
            "c3 a1: title=Dock")
        try expectReading(story, "a1", "title", "Dock")
    }

    @Test func `the values of one key dispute nothing of another`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay labels.en=Quay", "b1[a1] a1: labels.fr=Quai",
            "c1[a1] a1: labels.fr=Port labels.en=Harbour")
        try expectReading(
            story, "a1", "labels", "en=Harbour fr=Port (b1 Quai | c1 Port)")
    }

    @Test func `a value that was replaced stays replaced for who had only seen the new one`() throws
    {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[b1] a1: title=Dock")
        try expectReading(story, "a1", "title", "Dock")
    }
}
