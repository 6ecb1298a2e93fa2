// SPDX-License-Identifier: MIT
import Basics
import Merging
import Projections
import Queries
import Scenarios
import Testing

/// The past: a book that ends at bounds is the book of who held these prefixes and no more.
@Suite struct BoundsTests {
    private static func story() -> Scenario {
        var story = Scenario("ab", coordinators: "c")
        story.write(
            "a1 thing: title=Quay level=medium", "b1[a1] a1: level=high notes*=one",
            "c1[a1] a1: level=low title=Dock", "a2[b1] a1: title=Slip status=shut",
            "b2[a2] thing: title=Other peers+=a1", "c2[b2] b2: tags+=x", "c3[a2] a1: level=medium",
            "a3[c3] a1: notes!=b1", "b3@10[c3] a1: due=2015")
        return story
    }

    private static func prefixes(_ story: Scenario) -> [[Spot]] {
        let a = (0...story.last("a").seq).map { Spot("a", $0) }
        let b = (0...story.last("b").seq).map { Spot("b", $0) }
        let c = (0...story.last("c").seq).map { Spot("c", $0) }
        let f = [Spot("f", 2), story.last("f")]
        return a.flatMap { a in
            b.flatMap { b in c.flatMap { c in f.map { [a, b, c, $0] } } }
        }
    }

    @Test func `a book of the past is the book of its prefixes`() throws {
        let story = BoundsTests.story()
        let whole = try Shelf(story)
        try whole.takeAll()
        let book = try whole.book()
        for prefix in BoundsTests.prefixes(story) {
            let past = try book.past(try whole.bounds(prefix))
            let shelf = try Shelf(story, holding: prefix.filter { $0.seq > 0 })
            let wanted = try shelf.digest()
            #expect(try past.stateDigest() == wanted, "of \(prefix)")
        }
    }

    @Test func `a record of the past is that record in a book of those prefixes alone`() throws {
        let story = BoundsTests.story()
        let whole = try Shelf(story)
        try whole.takeAll()
        let book = try whole.book()
        for prefix in BoundsTests.prefixes(story) {
            let bounds = try whole.bounds(prefix)
            let past = try book.past(bounds)
            let shelf = try Shelf(story, holding: prefix.filter { $0.seq > 0 })
            for spot in [Spot("a1"), Spot("b2")] {
                let then = try past.logs.place(of: story.id(spot)).flatMap { try past.record($0) }
                let wanted = try shelf.record("\(spot)")
                #expect(
                    try whole.plain(then, in: past) == shelf.plain(wanted), "\(spot) at \(prefix)")
            }
        }
    }

    @Test func `as at a time is each log up to its last entry by then`() throws {
        let story = BoundsTests.story()
        let whole = try Shelf(story)
        try whole.takeAll()
        let book = try whole.book()
        // The founder wrote minutes 1 to 4; then one entry a minute, b3 by a clock that is late.
        for minute in 0...13 as ClosedRange<UInt64> {
            let time = HybridTime(endOf: Scenario.startMilliseconds + minute * 60_000)
            let bounds = try book.bounds(asAt: time)
            let written = story.names.map { name in
                Spot(name, UInt64(story.minutes(name).prefix { $0 <= minute }.count))
            }
            #expect(try whole.limits(bounds) == written, "at minute \(minute)")
            let shelf = try Shelf(story, holding: written.filter { $0.seq > 0 })
            let wanted = try shelf.digest()
            #expect(try book.past(bounds).stateDigest() == wanted)
        }
    }

    @Test func `as known to a device is its own log and what its bases name`() throws {
        let story = BoundsTests.story()
        let whole = try Shelf(story)
        try whole.takeAll()
        let book = try whole.book()
        let last = try whole.place(Spot("a3"))
        #expect(
            try whole.limits(book.bounds(knownTo: last))
                == [Spot("a3"), Spot("b1"), Spot("c3"), story.last("f")])
    }

    @Test func `a past book reads its entries and references like the present one`() throws {
        let story = BoundsTests.story()
        let whole = try Shelf(story)
        try whole.takeAll()
        let book = try whole.book()
        let past = try book.past(
            try whole.bounds([Spot("a2"), Spot("b1"), Spot("c1"), story.last("f")]),
            isSearched: true)
        let place = try #require(past.logs.place(of: story.id(Spot("a1"))))
        #expect(try past.entries(of: place).count == 4)
        #expect(try past.timeline().count == 8)
        #expect(try past.reference(place) == "A-1")
        #expect(try past.find("A-1") == place)
        #expect(try past.search("slip", limit: 5).map(\.record) == [place])
        #expect(try past.search("other", limit: 5).isEmpty)
    }
}
