// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Scenarios
import Testing

/// Which epoch is written with follows from the entries that are held, and from no clock.
@Suite struct EpochChoiceTests {
    /// The number of the epoch to write with; 0 for none.
    private func writing(_ story: Scenario) throws -> UInt64 {
        let names = story.names
        let found = try [names, names.reversed()].map { order in
            try Shelf(story, takingIn: order).book().roster.writingEpoch?.id.low ?? 0
        }
        #expect(Set(found).count == 1)
        return found[0]
    }

    @Test func `an epoch that follows another is written with, whatever its id`() throws {
        for (first, second) in [(2, 3), (3, 2)] as [(UInt64, UInt64)] {
            var story = Scenario("ab")
            story.openEpoch(by: "f", id: first)
            #expect(try writing(story) == first)
            story.openEpoch(by: "f", id: second, after: [story.last("f")])
            #expect(try writing(story) == second)
        }
    }

    @Test func `of epochs that nobody put in an order the one with the lowest id is`() throws {
        var story = Scenario("ab", coordinators: "k")
        story.openEpoch(by: "f", id: 9)
        let first = story.last("f")
        story.openEpoch(by: "f", id: 7, after: [first])
        let mine = story.last("f")
        story.openEpoch(by: "k", id: 6, after: [first], having: [first])
        #expect(try writing(story) == 6)
        // One that follows both is, however far up its id; what it follows need not be named twice.
        story.openEpoch(by: "k", id: 8, after: [mine, story.last("k")], having: [mine])
        #expect(try writing(story) == 8)
        story.openEpoch(by: "k", id: 10, after: [story.last("k")])
        #expect(try writing(story) == 10)
    }

    @Test func `after a cut there is none until one leaves that device out`() throws {
        var story = Scenario("ab")
        story.openEpoch(by: "f", id: 2)
        let first = story.last("f")
        story.cut("b", at: [], by: "f")
        let cut = story.last("f")
        #expect(try writing(story) == 0)
        story.openEpoch(by: "f", id: 3, after: [first])
        #expect(try writing(story) == 0)
        story.openEpoch(by: "f", id: 4, after: [story.last("f")], without: ["b"])
        #expect(try writing(story) == 4)
        // Someone else's cut needs another; a cut that is lifted needs none.
        story.cut("a", at: [], by: "f")
        #expect(try writing(story) == 0)
        story.reinstate("a", lifting: [story.last("f")], by: "f")
        #expect(try writing(story) == 4)
        story.reinstate("b", lifting: [cut], by: "f")
        #expect(try writing(story) == 4)
    }

    @Test func `an epoch by field staff, or by someone whose access ended, is none`() throws {
        var story = Scenario("ab", coordinators: "k")
        story.openEpoch(by: "f", id: 5)
        let first = story.last("f")
        story.openEpoch(by: "a", id: 3, after: [first], having: [first])
        #expect(try writing(story) == 5)
        story.openEpoch(by: "k", id: 4, after: [first], having: [first])
        let other = story.last("k")
        #expect(try writing(story) == 4)
        story.cut("k", at: [other], by: "f", having: [other])
        #expect(try writing(story) == 0)
        story.openEpoch(by: "f", id: 6, after: [other, first], without: ["k"])
        #expect(try writing(story) == 6)
    }

    @Test func `an epoch that is named with another history is not followed`() throws {
        var story = Scenario("ab")
        story.openEpoch(by: "f", id: 2)
        let right = story.pinned(story.last("f"))
        let wrong = PinnedEntry(log: right.log, seq: right.seq, chain: Bytes16(high: 9, low: 9))
        story.append(
            .epochOpened(EpochOpening(Bytes16(high: 1, low: 3), after: [wrong], keys: [])), by: "f")
        #expect(try writing(story) == 2)
        story.append(
            .epochOpened(EpochOpening(Bytes16(high: 1, low: 4), after: [right], keys: [])), by: "f")
        #expect(try writing(story) == 3)
    }

    @Test func `of more openings by one device than can be needed the first count`() throws {
        var story = Scenario("a", coordinators: "k")
        story.openEpoch(by: "f", id: 1)
        for id in 2...1_030 { story.openEpoch(by: "k", id: UInt64(id)) }
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let epochs = try shelf.book().roster.epochs
        #expect(epochs.count == 1_025)
        #expect(epochs.contains { $0.id == Bytes16(high: 1, low: 1_025) })
        #expect(epochs.contains { $0.id == Bytes16(high: 1, low: 1_026) } == false)
    }

    @Test func `an epoch whose key a lead was not given is none until it is shared`() throws {
        var story = Scenario("ab", coordinators: "kc")
        story.openEpoch(by: "f", id: 9)
        let first = story.last("f")
        story.openEpoch(by: "k", id: 3, after: [first], for: ["a", "b"], having: [first])
        let few = story.last("k")
        #expect(try writing(story) == 9)
        story.shareEpoch(few, id: 3, with: ["b"], by: "c", having: [few])
        #expect(try writing(story) == 9)
        story.shareEpoch(few, id: 3, with: ["f"], by: "c")
        #expect(try writing(story) == 3)
    }

    @Test func `an epoch whose key does not open for a lead is none until it is shared again`()
        throws
    {
        var story = Scenario("ab", coordinators: "kc")
        story.openEpoch(by: "f", id: 9)
        let first = story.last("f")
        story.openEpoch(by: "k", id: 3, after: [first], having: [first])
        let junk = story.last("k")
        story.openEpoch(by: "f", id: 8, after: [first], unread: [junk], having: [junk])
        let mended = story.last("f")
        #expect(try writing(story) == 8)
        story.shareEpoch(junk, id: 3, with: ["f"], by: "k")
        let again = story.last("k")
        #expect(try writing(story) == 3)
        // What they share may be no better than what they opened with.
        story.openEpoch(by: "f", id: 7, after: [mended], unread: [again], having: [again])
        #expect(try writing(story) == 7)
        story.shareEpoch(junk, id: 3, with: ["f"], by: "c", having: [junk])
        #expect(try writing(story) == 3)
    }
}
