// SPDX-License-Identifier: MIT
import Projections
import Queries
import Scenarios
import Testing

@Suite struct TallyTests {
    @Test func `counts of all add up, each once, with corrections`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: counts.homes+=3", "b1[a1] a1: counts.homes+=4 counts.talks+=1",
            "c1[a1] a1: counts.homes+=5", "b2 a1: counts.homes-=2")
        try expectReading(story, "a1", "counts", "homes=10 talks=1")
    }

    @Test func `two spellings of one letter are two things that are counted`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: counts.caf\u{e9}s+=3", "b1[a1] a1: counts.cafe\u{301}s-=4",
            "c1[a1] a1: counts.caf\u{e9}s+=1")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        guard case .tally(let sums)? = try shelf.record("a1")?.field("counts")?.content else {
            Issue.record("nothing is counted")
            return
        }
        #expect(sums.map { Array($0.key.utf8).count } == [7, 6])
        #expect(sums.map(\.value) == [-4, 4])
        #expect(try shelf.findings("a1") == ["negative-count"])
    }

    @Test func `a count below nothing is a finding`() throws {
        var story = Scenario()
        story.write("a1 thing: counts.homes+=3", "b1[a1] a1: counts.homes-=4")
        let shelf = try Shelf(story, holding: [story.last("f"), story.last("a"), story.last("b")])
        #expect(try shelf.reads("a1", "counts") == "homes=-1")
        #expect(try shelf.record("a1")?.findings.map(\.rule) == ["C21"])
    }
}

@Suite struct ReadingTests {
    @Test func `unequal readings of one period and source are disputed`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Asb", "b1[a1] a1: figures.2013|police=811",
            "c1[a1] a1: figures.2013|police=813")
        try expectReading(
            story, "a1", "figures", "2013|police=813 (b1 811 | c1 813)")
    }

    @Test func `equal readings are one, and other sources other readings`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Asb", "b1[a1] a1: figures.2013|police=811",
            "c1[a1] a1: figures.2013|police=811 figures.2013|council=790")
        try expectReading(story, "a1", "figures", "2013|council=790 2013|police=811")
    }
}
