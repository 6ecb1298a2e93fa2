// SPDX-License-Identifier: MIT
import Basics
import Logs
import Scenarios
import Testing

@Suite struct CautiousTests {
    @Test(arguments: [("high", "low"), ("low", "high")])
    func `the more protective value works whichever came first`(
        _ first: String, _ second: String
    ) throws {
        var story = Scenario()
        story.write(
            "a1 thing: level=medium", "b1[a1] a1: level=\(first)", "c1[a1] a1: level=\(second)")
        let live =
            first == "high" ? "b1 high | c1 low" : "b1 low | c1 high"
        try expectReading(story, "a1", "level", "high (\(live))")
    }

    @Test func `who may not ease a value disputes it by a lower one`() throws {
        var story = Scenario()
        story.write("a1 thing: level=high", "b1[a1] a1: level=low")
        try expectReading(story, "a1", "level", "high (a1 high | b1 low)")
    }

    @Test func `who may ease a value settles it by a lower one`() throws {
        var story = Scenario("ab", coordinators: "k")
        story.write("a1 thing: level=high", "k1[a1] a1: level=low")
        try expectReading(story, "a1", "level", "low")
    }

    @Test func `who may ease settles only what was seen`() throws {
        var story = Scenario("ab", coordinators: "k")
        story.write(
            "a1 thing: level=medium", "b1[a1] a1: level=high", "k1[a1] a1: level=low")
        try expectReading(story, "a1", "level", "high (b1 high | k1 low)")
    }

    @Test func `anyone may write a more protective value`() throws {
        var story = Scenario("ab", coordinators: "k")
        story.write("k1 thing: level=low", "a1[k1] k1: level=high")
        try expectReading(story, "k1", "level", "high")
    }

    @Test func `an easing is undone by who had seen it and worries more`() throws {
        var story = Scenario("ab", coordinators: "k")
        story.write(
            "a1 thing: level=high", "k1[a1] a1: level=low", "b1[a1,k1] a1: level=medium")
        try expectReading(story, "a1", "level", "medium")
    }

    @Test func `staff may ease what the field lets staff ease`() throws {
        var story = Scenario()
        story.write("a1 thing: status=open", "b1[a1] a1: status=shut")
        try expectReading(story, "a1", "status", "shut")
    }

    @Test func `the earlier date works, and no date works least`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: due=2015-06", "c1[a1] a1: due=2015-03-31",
            "a2 a1: due=")
        try expectReading(
            story, "a1", "due", "2015-03-31 (a2 - | b1 2015-06 | c1 2015-03-31)")
    }

    @Test func `the harder target works under each key`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: goals.homes=10 goals.talks=2", "b1[a1] a1: goals.homes=40",
            "c1[a1] a1: goals.homes=30 goals.talks=3")
        try expectReading(
            story, "a1", "goals", "homes=40 (b1 40 | c1 30) talks=3")
    }

    @Test func `negative numbers rank below others`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: goals.homes=-3", "b1[a1] a1: goals.homes=-1", "c1 thing: goals.homes=1")
        try expectReading(story, "a1", "goals", "homes=-1")
    }

    @Test func `hidden wins over open`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: hidden=no", "c1[a1] a1: hidden=yes")
        try expectReading(story, "a1", "hidden", "yes (b1 no | c1 yes)")
    }

    /// Whoever may not ease a level does not replace it by a word that looks like it, nor a date.
    @Test(arguments: [
        ("level", "high", "low\u{200b}", "high (a1 high | b1 low\u{200b})"),
        ("level", "medium", "extreme", "medium (a1 medium | b1 extreme)"),
        ("level", "low", "extreme", "extreme"),
        ("level", "extreme", "low", "extreme (a1 extreme | b1 low)"),
        ("due", "2014-05", "", "2014-05 (a1 2014-05 | b1 )"),
        ("due", "2014-05", "1/5/2014", "2014-05 (a1 2014-05 | b1 1/5/2014)"),
        ("due", "1/5/2014", "2014-05", "2014-05"),
    ])
    func `a value that is none of the field's hides no other`(
        _ field: String, _ first: String, _ second: String, _ reading: String
    ) throws {
        var story = Scenario()
        story.append("a", "thing.made", .creates, [field: .text(first)], [])
        story.append(
            "b", "thing.amended", .other(story.id(Spot("a1")), branch: story.chain(Spot("a1"))),
            [field: .text(second)], [Named(Spot("a1"))])
        try expectReading(story, "a1", field, reading)
    }
}
