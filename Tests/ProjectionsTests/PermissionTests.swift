// SPDX-License-Identifier: MIT
import Events
import Projections
import Queries
import Scenarios
import Testing

@Suite struct PermissionTests {
    @Test func `an entry with a field that its author may not write is set aside whole`() throws {
        var story = Scenario("ab", coordinators: "k")
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: title=Pier secret=no", "k1[a1] a1: secret=yes")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.asides() == ["b1 not-permitted"])
        try expectReading(story, "a1", "title", "Quay")
        try expectReading(story, "a1", "secret", "yes")
    }

    @Test func `a record whose creation is set aside is no record`() throws {
        var story = Scenario("ab", auditors: "z")
        story.write("z1 thing: title=Quay", "a1[z1] z1: title=Pier", "b1 thing: secret=x title=No")
        for order in orders(story.names) {
            let shelf = try Shelf(story)
            for name in order where story.last(name).seq > 0 {
                _ = try shelf.take([story.last(name)])
            }
            #expect(try shelf.reads("z1", "title") == "not held")
            #expect(try shelf.reads("b1", "title") == "not held")
            #expect(try shelf.asides() == ["a1 no-record", "b1 not-permitted", "z1 not-permitted"])
            #expect(try shelf.waiting() == [])
            #expect(try shelf.book().list(RecordFilter()).total == 0)
        }
    }

    @Test func `who may not write what names a record makes none, even without a field`() throws {
        var story = Scenario("ab", auditors: "z")
        story.write("z1 thing", "a1 thing: title=Quay", "z2[a1] a1")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.asides() == ["z1 not-permitted", "z2 not-permitted"])
        #expect(try shelf.book().list(RecordFilter()).total == 1)
    }

    @Test func `a body that is not what the vocabulary expects is set aside`() throws {
        var story = Scenario("ab")
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: goals.homes=many title=Pier", "b2 a1: tags=x",
            "b3 a1: counts.homes=x", "b4 a1: title.en=x", "b5 a1: title=Dock")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(
            try shelf.asides() == [
                "b1 malformed", "b2 malformed", "b3 malformed", "b4 malformed",
            ])
        try expectReading(story, "a1", "title", "Dock")
    }

    @Test func `entries with unknown fields are counted and the rest of each is used`() throws {
        var story = Scenario("ab")
        story.write("a1 thing: title=Quay colour=red", "b1[a1] a1: size=big colour=blue tags+=x")
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            #expect(try shelf.book().unread() == [.field: 2])
            #expect(try shelf.reads("a1", "tags") == "x")
            _ = try shelf.rebuild()
            #expect(try shelf.book().unread() == [.field: 2])
        }
    }

    @Test func `entries about a kind that is unknown are kept and told, and wait for nothing`()
        throws
    {
        var story = Scenario("ab")
        story.write("a1 spaceship: title=Quay", "b1[a1] a1: title=Pier", "a2[b1] a1: title=Dock")
        for arrival in interleavings(["a", "b"], [2, 1]) {
            let shelf = try Shelf(story, holding: [story.last("f")])
            for step in arrival { _ = try shelf.take(step) }
            #expect(
                try shelf.asides() == ["a1 unknown-kind", "a2 unknown-kind", "b1 unknown-kind"])
            #expect(try shelf.waiting() == [])
        }
    }

    @Test func `an entry about one that creates no record is set aside`() throws {
        var story = Scenario("ab")
        story.write(
            "a1 thing: title=Quay", "a2 a1: title=Two", "b1[a2] a2: title=Pier", "a3 a2: tags+=x")
        for arrival in interleavings(["a", "b"], [3, 1]) {
            let shelf = try Shelf(story, holding: [story.last("f")])
            for step in arrival { _ = try shelf.take(step) }
            #expect(try shelf.asides() == ["a3 no-record", "b1 no-record"])
            #expect(try shelf.waiting() == [])
            #expect(try shelf.reads("a1", "title") == "Two")
        }
    }

    @Test func `what one version does not know another that reads the same logs finds whole`()
        throws
    {
        var story = Scenario("ab")
        story.write("a1 thing: title=Quay level=high tags+=x", "b1[a1] a1: title=Pier level=low")
        let small = try Shelf(story.known(to: Vocabulary(number: 98, kinds: [.smallThing])))
        try small.takeAll()
        #expect(try small.reads("a1", "title") == "Pier")
        #expect(try small.book().unread() == [.field: 2])
        try expectReading(story, "a1", "level", "high (a1 high | b1 low)")
    }
}

extension Kind {
    /// The kind of the tests as an older version would know it.
    fileprivate static let smallThing = Kind(
        "thing", "things", "an older version's thing", shape: Shape(title: "title"),
        fields: [Field("title", "Title", .latest, .text)], verbs: [])
}
