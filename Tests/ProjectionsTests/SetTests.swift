// SPDX-License-Identifier: MIT
import Projections
import Scenarios
import Testing

@Suite struct SetTests {
    @Test func `additions of all are kept in the order of time`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: tags+=asb", "b1[a1] a1: tags+=vc,asb", "c1[a1] a1: tags+=da")
        try expectReading(story, "a1", "tags", "asb vc da")
    }

    @Test func `a removal takes out what it had seen`() throws {
        var story = Scenario()
        story.write("a1 thing: tags+=asb,vc", "b1[a1] a1: tags-=asb")
        try expectReading(story, "a1", "tags", "vc")
    }

    @Test func `an addition wins over a removal that had not seen it`() throws {
        var story = Scenario()
        story.write("a1 thing: tags+=asb", "b1[a1] a1: tags-=asb", "c1[a1] a1: tags+=asb")
        try expectReading(story, "a1", "tags", "asb")
    }

    @Test func `what was taken out can be added again`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: tags+=asb", "b1[a1] a1: tags-=asb", "b2 a1: tags+=asb", "a2 a1: tags-=vc")
        try expectReading(story, "a1", "tags", "asb")
    }

    @Test func `taking out and adding in one entry leaves it in`() throws {
        var story = Scenario()
        story.write("a1 thing: tags+=asb", "b1[a1] a1: tags-=asb tags+=asb")
        try expectReading(story, "a1", "tags", "asb")
    }

    @Test func `links to one record are equal whoever wrote them`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=One", "a2 thing: title=Two", "a3 a1: peers+=a2",
            "b1[a3] a1: peers+=a2")
        try expectReading(story, "a1", "peers", "a2")
    }

    @Test func `nobody hides two others behind many of their own, however early these are`() throws
    {
        var story = Scenario()
        let many = (1...40).map { "n\($0)" }.joined(separator: ",")
        story.write("a1 thing: title=Quay", "b1[a1] a1: owners+=\(many)")
        let agreed = story
        story.write("a2[b1] a1: owners+=pam", "c1[a1,b1] a1: owners+=joe")
        for (story, isContested) in [(agreed, false), (story, true)] {
            let record = try #require(try Shelf(story, takingIn: story.names).record("a1"))
            #expect(record.conflicts.isEmpty != isContested)
        }
    }

    @Test func `two added unseen by each other are flagged where the field says so`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: owners+=pam", "c1[a1] a1: owners+=joe")
        try expectReading(story, "a1", "owners", "pam joe (contested)")
    }

    @Test func `two added by people who knew of each other are not flagged`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: owners+=pam", "c1[a1,b1] a1: owners+=joe")
        try expectReading(story, "a1", "owners", "pam joe")
    }

    @Test func `who adds all again having seen them settles and the first still leads`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: owners+=pam", "c1[a1] a1: owners+=joe",
            "b2[c1] a1: owners+=pam,joe")
        try expectReading(story, "a1", "owners", "pam joe")
    }

    @Test func `who takes one out having seen both settles`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: owners+=pam", "c1[a1] a1: owners+=joe",
            "a2[b1,c1] a1: owners-=pam")
        try expectReading(story, "a1", "owners", "joe")
    }
}
