// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Scenarios
import Testing

/// Bases that leave out what waited on their author's device.
@Suite struct ExceptionTests {
    private static func story(_ lines: String...) -> Scenario {
        var story = Scenario("ab", coordinators: "k")
        story.write("a1 thing: title=Quay level=high", "a2 a1: title=Pier", "a3 a1: level=medium")
        for line in lines { story.write(line) }
        return story
    }

    @Test func `all but what is excepted was seen`() throws {
        let shelf = try Shelf(ExceptionTests.story("k1[a3-2] a1: title=Dock level=low"))
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "title") == "Dock (a2 Pier | k1 Dock)")
        #expect(try shelf.reads("a1", "level") == "low")
    }

    @Test func `an exception is over once the log is named again, even as far as before`() throws {
        let shelf = try Shelf(ExceptionTests.story("k1[a3-2] -", "k2[a3] a1: title=Dock"))
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "title") == "Dock")
    }

    @Test func `an exception takes nothing away that was in sight before`() throws {
        let shelf = try Shelf(ExceptionTests.story("k1[a2] -", "k2[a3-1..2] a1: title=Dock"))
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "title") == "Dock")
    }

    @Test func `a base of a later version is not used, and the next one of its log is`() throws {
        var story = ExceptionTests.story()
        story.append(
            "k", EventName.received, .none, nil, [Named(Spot("a3"))], with: .laterVersion)
        story.write("k2[f2] a1: title=Dock")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "title") == "Dock (a2 Pier | k2 Dock)")
        story.write("k3[a3] a1: title=Mole")
        let later = try Shelf(story)
        try later.takeAll()
        #expect(try later.reads("a1", "title") == "Mole")
    }

    @Test func `several exceptions of one log leave out all that each does`() throws {
        var story = ExceptionTests.story()
        for seq in 4...11 { story.write("a\(seq) a1: title=Pier") }
        story.append(
            "k", EventName.received, .none, nil, [Named(Spot("a11"))], with: .splitExceptions)
        // In whichever order the two logs come: what waits is kept in the index for a while.
        for names in [["f", "a", "k"], ["f", "k", "a"]] as [[Character]] {
            let shelf = try Shelf(story, takingIn: names)
            let seen = try shelf.book().seen.causality
            let last = try shelf.place(Spot("k1"))
            let inSight = try (1...11).filter {
                seen.hasInSight(last, try shelf.place(Spot("a", UInt64($0))))
            }
            #expect(inSight == [3, 4, 7, 8, 11])
        }
    }

    @Test func `a base with exceptions that counts late says what it says in time`() throws {
        let story = ExceptionTests.story(
            "b1[a3-2] a1: title=Dock", "k1[a3-3,b1] a1: level=low", "k2 a1: title=Mole")
        let whole = try Shelf(story)
        try whole.takeAll()
        let wanted = try whole.digest()
        #expect(try whole.reads("a1", "title") == "Mole")
        #expect(try whole.reads("a1", "level") == "medium (a3 medium | k1 low)")
        for order in orders([story.last("f"), Spot("a1"), Spot("b1"), Spot("k2")]) {
            let shelf = try Shelf(story)
            for spot in order { _ = try shelf.take([spot]) }
            for spot in [Spot("a2"), Spot("a3")] { _ = try shelf.take([spot]) }
            #expect(try shelf.digest() == wanted)
        }
    }

    @Test func `harm that was excepted suspends a closing that had seen what came after it`() throws
    {
        let story = ExceptionTests.story(
            "b1[a3] a1: harms*=broken", "b2 a1: harms*=hurt", "k1[a3,b2-1] a1: status=shut")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.findings("a1") == ["shutting-disputed"])
        let seen = ExceptionTests.story(
            "b1[a3] a1: harms*=broken", "b2 a1: harms*=hurt", "k1[a3,b2] a1: status=shut")
        let other = try Shelf(seen)
        try other.takeAll()
        #expect(try other.findings("a1") == [])
    }

    @Test func `what was known to an author leaves out what was excepted`() throws {
        let story = ExceptionTests.story("a4 thing: title=Other", "k1[a4-2] a1: lead=tdc")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let book = try shelf.book()
        let past = try book.past(book.bounds(knownTo: try shelf.place(Spot("k1"))))
        let record = try #require(try past.record(try shelf.place(Spot("a1"))))
        let digest = try past.stateDigest()
        let text = try shelf.plain(record, in: past)
        #expect(text.contains("Quay") && text.contains("Pier") == false)
        #expect(try past.record(try shelf.place(Spot("a4"))) != nil)
        #expect(try past.timeline().map { shelf.spot($0.place) }.contains(Spot("a2")) == false)
        #expect(try digest != book.stateDigest())
    }

    @Test func `a record whose creation was excepted is not known, nor what others wrote on it`()
        throws
    {
        var story = Scenario("ab", coordinators: "k")
        story.write(
            "a1 thing: title=Quay", "a2 thing: title=Pier", "b1[a2] a1: lead=kcc",
            "k1[a2-1,b1] a2: title=Dock")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let book = try shelf.book()
        let past = try book.past(book.bounds(knownTo: try shelf.place(Spot("k1"))))
        #expect(try past.record(try shelf.place(Spot("a1"))) == nil)
        #expect(try past.record(try shelf.place(Spot("a2"))) != nil)
        #expect(try past.waiting().map { shelf.spot($0.entry) } == [Spot("b1")])
    }

    @Test func `what is said of logs of which nothing is held takes no number`() throws {
        let story = ExceptionTests.story("b1[a3] a1: title=Dock", "b2 a1: lead=tdc")
        let shelf = try Shelf(story, holding: [story.last("f"), story.last("b")])
        #expect(try shelf.store.logRows().count == 2)
        #expect(try shelf.waiting() == ["b1 record", "b2 record"])
        let late = try shelf.book().timeline().filter(\.isWaiting)
        #expect(late.map { shelf.spot($0.place) } == [Spot("b1"), Spot("b2")])
        try shelf.take("a1")
        #expect(try shelf.waiting() == [])
        #expect(try shelf.reads("a1", "title") == "Dock (a1 Quay | b1 Dock)")
        try shelf.take("a3")
        #expect(try shelf.reads("a1", "title") == "Dock")
        let whole = try Shelf(story)
        _ = try whole.take([story.last("f"), story.last("b"), story.last("a")])
        #expect(try shelf.digest() == whole.digest())
    }

    @Test func `a base that leaves out its last entries does not name them, read at once or not`()
        throws
    {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "a2 thing: title=Dock", "b1[a2-2] -")
        for record in ["a2", "a1"] {
            story.append(
                "b", "thing.changed", .other(story.id(Spot(record)), branch: nil),
                ["title": .text("Pier")], [])
        }
        try expectEverywhere(story) { (shelf: Shelf) throws in
            let told = try shelf.waiting()
            #expect(told == ["b2 record"])
        }
    }
}
