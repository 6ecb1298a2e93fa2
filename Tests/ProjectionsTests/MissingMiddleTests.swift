// SPDX-License-Identifier: MIT
import Projections
import Queries
import Scenarios
import Testing

/// What a base names counts once its place is held, and then for all that it touches.
@Suite struct MissingMiddleTests {
    @Test func `a base does not count until its place is held`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "a2 a1: title=Pier", "b1[a2] a1: title=Dock")
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1"), Spot("b1")])
        #expect(try shelf.reads("a1", "title") == "Dock (a1 Quay | b1 Dock)")
        try shelf.take("a2")
        #expect(try shelf.reads("a1", "title") == "Dock")
    }

    @Test func `each family is worked out again when the middle arrives`() throws {
        var story = Scenario("abc", coordinators: "k")
        story.write(
            "a1 thing: title=Quay level=high lead=kfrs due=2015-01 tags+=asb owners+=pam",
            "a2 a1: figures.2013|police=811 notes*=one goals.homes=9 labels.en=x status=open",
            "a3 thing: title=Other",
            "k1[a3] a1: title=Pier level=low lead=tdc due=2015-06 tags-=asb owners+=joe",
            "k2 a1: figures.2013|police=813 notes!=a2 goals.homes=3 labels.en=y status=shut")
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("a2"), Spot("k2")])
        let before = [
            "title": "Pier (a1 Quay | k1 Pier)", "level": "high (a1 high | k1 low)",
            "lead": "- (a1 kfrs | k1 tdc)", "due": "2015-01 (a1 2015-01 | k1 2015-06)",
            "tags": "asb", "owners": "pam joe (contested)",
            "figures": "2013|police=813 (a2 811 | k2 813)", "notes": "0, void 1",
            "goals": "homes=9 (a2 9 | k2 3)", "labels": "en=y (a2 x | k2 y)",
            "status": "open (a2 open | k2 shut)",
        ]
        for (field, reading) in before { #expect(try shelf.reads("a1", field) == reading) }
        let summary = try shelf.take("a3")
        #expect(summary.isRebuilt == false)
        let after = [
            "title": "Pier", "level": "low", "lead": "tdc", "due": "2015-06", "tags": "",
            "owners": "pam joe", "figures": "2013|police=813", "notes": "0, void 1",
            "goals": "homes=3", "labels": "en=y", "status": "shut",
        ]
        for (field, reading) in after { #expect(try shelf.reads("a1", field) == reading) }
    }

    @Test func `a finding goes when the middle arrives`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "c1[a1] a1: harms*=broken", "c2 thing: title=Other",
            "b1[a1,c2] a1: status=shut")
        let shelf = try Shelf(
            story, holding: [story.last("f"), Spot("a1"), Spot("b1"), Spot("c1")])
        #expect(try shelf.findings("a1") == ["shutting-disputed"])
        try shelf.take("c2")
        #expect(try shelf.findings("a1") == [])
    }

    @Test func `a late base counts for later entries of its log and for no earlier ones`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: tags-=x labels.en=early", "a2 a1: labels.en=own",
            "b2[a2] -", "b3 a1: title=Dock labels.fr=late")
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1"), Spot("b3")])
        try shelf.take("a2")
        #expect(try shelf.reads("a1", "title") == "Dock")
        #expect(try shelf.reads("a1", "labels") == "en=own (a2 own | b1 early) fr=late")
    }

    @Test func `what a late base names is seen by those alone whose program knows it`() throws {
        for (number, reading) in [(1, "z"), (2, "")] {
            var story = Scenario("ab", vocabulary: .newer)
            story.write(
                "a1 v2", "a2 thing: tags+=x,z breaches*=cut", "a3 -", "b1 v\(number)",
                "b2[a3] a2: tags-=x,z status=shut")
            let shelf = try Shelf(story, holding: [story.last("f"), Spot("a2"), Spot("b2")])
            #expect(try shelf.reads("a2", "tags") == "x z")
            #expect(try shelf.findings("a2") == ["shutting-disputed"])
            try shelf.take("a3")
            #expect(try shelf.reads("a2", "tags") == reading)
            #expect(try shelf.findings("a2") == (number == 1 ? ["shutting-disputed"] : []))
        }
    }

    @Test func `entries wait for the entry that creates their record`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "b2 a1: notes*=x")
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("b2")])
        #expect(try shelf.waiting() == ["b1 record", "b2 record"])
        #expect(try shelf.reads("a1", "title") == "not held")
        try shelf.take("a1")
        #expect(try shelf.waiting() == [])
        #expect(try shelf.reads("a1", "title") == "Pier")
    }

    @Test func `an entry about another history waits, and its base does not count and is told`()
        throws
    {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier")
        var other = Scenario()
        other.write("a1 thing: title=Cliff", "b1[a1] a1: title=Pier")
        story.replace("b", from: other)
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "title") == "Quay")
        #expect(try shelf.waiting() == ["b1 record"])
        let claims = try shelf.book().falseClaims()
        #expect(claims.map { shelf.spot($0.author) } == [Spot("b1")])
        let digest = try shelf.digest()
        _ = try shelf.rebuild()
        #expect(try shelf.digest() == digest)
    }
}
