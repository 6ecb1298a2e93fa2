// SPDX-License-Identifier: MIT
import Scenarios
import Testing

@Suite struct StandingTests {
    @Test func `while two disagree what was agreed before stands`() throws {
        var story = Scenario()
        story.write("a1 thing: lead=kfrs", "b1[a1] a1: lead=tdc", "c1[a1] a1: lead=kcc")
        try expectReading(story, "a1", "lead", "kfrs (b1 tdc | c1 kcc)")
    }

    @Test func `with nothing agreed before none stands`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: lead=tdc", "c1[a1] a1: lead=kcc")
        try expectReading(story, "a1", "lead", "- (b1 tdc | c1 kcc)")
    }

    @Test func `equal values are agreed`() throws {
        var story = Scenario()
        story.write("a1 thing: lead=kfrs", "b1[a1] a1: lead=tdc", "c1[a1] a1: lead=tdc")
        try expectReading(story, "a1", "lead", "tdc")
    }

    @Test func `what was agreed last before two layers of disagreement stands`() throws {
        var story = Scenario()
        // b1 and c1 disagree; b2 and c2 have seen both and disagree again: back to a1.
        story.write(
            "a1 thing: lead=kfrs", "b1[a1] a1: lead=tdc", "c1[a1] a1: lead=kcc",
            "b2[c1] a1: lead=nhs", "c2[b1] a1: lead=police")
        try expectReading(story, "a1", "lead", "kfrs (b2 nhs | c2 police)")
    }

    @Test func `what was settled between two disagreements stands`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: lead=kfrs", "b1[a1] a1: lead=tdc", "c1[a1] a1: lead=kcc",
            "a2[b1,c1] a1: lead=nhs", "b2[a2,c1] a1: lead=police", "c2[a2,b1] a1: lead=kca")
        try expectReading(story, "a1", "lead", "nhs (b2 police | c2 kca)")
    }

    @Test func `an earlier value of the own log is found again`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: lead=kfrs", "a2 a1: lead=tdc", "a3 a1: lead=kcc", "b1[a1] a1: lead=nhs")
        try expectReading(story, "a1", "lead", "kfrs (a3 kcc | b1 nhs)")
    }

    @Test func `who has seen all sides settles`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: lead=kfrs", "b1[a1] a1: lead=tdc", "c1[a1] a1: lead=kcc",
            "a2[b1,c1] a1: lead=kcc")
        try expectReading(story, "a1", "lead", "kcc")
    }
}
