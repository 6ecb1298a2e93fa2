// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries
import Scenarios
import Testing

/// Clocks that cannot both have been right are told; nothing else comes of them.
struct ClockTests {
    /// What is told, as `behind < ahead: minutes, entries`.
    private static func told(_ shelf: Shelf) throws -> [String] {
        let book = try shelf.book()
        return try book.clockDifferences().map { difference in
            let (behind, ahead) = (difference.worst.behind, difference.worst.ahead)
            let minutes = difference.worst.milliseconds / 60_000
            return "\(book.callSign(of: behind.log))\(behind.seq) < "
                + "\(book.callSign(of: ahead.log))\(ahead.seq): \(minutes), \(difference.count)"
        }
    }

    @Test func `a clock that was ahead is told by who saw it, in whatever order logs come`() throws
    {
        var story = Scenario()
        story.write(
            "a1@100 thing: title=Quay", "b1@30[a1] a1: title=Pier", "b2@50 a1: notes*=one",
            "a2@300 a1: notes*=two", "b3@60[a2] a1: title=Dock", "c1@310[b3,a2] a1: tags+=x")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try Self.told(shelf) == ["B3 < A2: 240, 2"])
            let book = try shelf.book()
            #expect(try book.clockFindings(of: shelf.place(Spot("b1"))).count == 1)
            #expect(try book.clockFindings(of: shelf.place(Spot("b2"))).isEmpty)
            #expect(try book.clockFindings(of: shelf.place(Spot("c1"))).isEmpty)
        }
    }

    @Test func `an hour is drift, and a minute more is told`() throws {
        for (minute, findings) in [(100, 0), (99, 1)] {
            var story = Scenario()
            story.write("a1@160 thing: title=Quay", "b1@\(minute)[a1] a1: title=Pier")
            let shelf = try Shelf(story)
            try shelf.takeAll()
            #expect(try Self.told(shelf).count == findings)
        }
    }

    @Test func `a log that begins before its device's earlier log had ended is told`() throws {
        var story = Scenario()
        story.write("a1@100 thing: title=Quay", "a2@4000 a1: title=Pier")
        story.begin("p", of: "a", after: Spot("a2"))
        story.write("p1@200 thing: title=Dock", "p2 p1: title=Slip")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try Self.told(shelf) == ["Ab1 < A2: 3800, 1"])
        }
    }

    @Test func `what a stranger says tells nothing of a clock`() throws {
        var story = Scenario("ab", isEnrolling: false)
        story.enrol("a", as: .field)
        story.write("a1@400 thing: title=Quay", "b1@10[a1] a1: title=Pier")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try Self.told(shelf) == [])
        }
        story.enrol("b", as: .field)
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try Self.told(shelf) == ["B1 < A1: 390, 1"])
        }
    }
}
