// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Scenarios
import Simulation
import Testing

/// Bytes behind the last valid seal of another device's log are nobody's words.
@Suite struct UnsealedTests {
    private static func source(
        _ story: Scenario, _ name: Character, upTo seq: Int, countsUnsealed: Bool = false
    ) throws -> LogSource {
        let builder = try #require(story.builders[name])
        let end = try #require(story.ends[name]?[seq])
        return LogSource(builder.log, size: end, isOwn: false, countsUnsealed: countsUnsealed) {
            FileView(copying: Array(builder.bytes[..<end]))
        }
    }

    private static func sealedStory() -> Scenario {
        var story = Scenario("a")
        story.seal("f")
        story.write("a1 thing: title=Quay")
        story.seal("a")
        story.write("a2 a1: title=Forged", "a3 thing: title=Another")
        return story
    }

    private static func book(_ store: IndexStore, _ sources: [LogSource]) throws -> Book {
        _ = try Updater(store, partnership: sealedStory().partnership).update(sources)
        return try Book(store, sources)
    }

    private static func store() throws -> IndexStore {
        let story = sealedStory()
        return try IndexStore.inMemory(
            stamp: IndexStore.Stamp(
                partnership: story.partnership, vocabulary: story.vocabulary))
    }

    @Test func `what follows the last seal changes nothing, however often it is read`() throws {
        let story = UnsealedTests.sealedStory()
        let founder = try UnsealedTests.source(story, "f", upTo: 2)
        let store = try UnsealedTests.store()
        let whole = [founder, try UnsealedTests.source(story, "a", upTo: 3)]
        let sealed = [founder, try UnsealedTests.source(story, "a", upTo: 1)]
        let wanted = try UnsealedTests.book(try UnsealedTests.store(), sealed).stateDigest()
        for _ in 1...2 {
            let book = try UnsealedTests.book(store, whole)
            #expect(try book.stateDigest() == wanted)
            #expect(try book.list(RecordFilter()).records.map(\.title) == ["Quay"])
            #expect(Updater.isBehind(book.rows, whole) == false)
        }
    }

    @Test func `what follows the last seal is in no list of entries`() throws {
        let story = UnsealedTests.sealedStory()
        let sources = [
            try UnsealedTests.source(story, "f", upTo: 2),
            try UnsealedTests.source(story, "a", upTo: 3),
        ]
        let book = try UnsealedTests.book(try UnsealedTests.store(), sources)
        let log = try #require(book.logs.index(of: story.id(Spot("a1")).log))
        #expect(try book.timeline(of: log).map(\.place.seq) == [1])
        #expect(try book.timeline().count == 3)
        #expect(try book.entry(EntryRef(log, 1)) != nil)
        for seq in [2, 3] as [UInt64] {
            #expect(try book.entry(EntryRef(log, seq)) == nil)
            #expect(try book.chain(EntryRef(log, seq)) == nil)
        }
    }

    @Test func `it counts as soon as a seal covers it`() throws {
        var story = UnsealedTests.sealedStory()
        let store = try UnsealedTests.store()
        let founder = try UnsealedTests.source(story, "f", upTo: 2)
        _ = try UnsealedTests.book(
            store, [founder, try UnsealedTests.source(story, "a", upTo: 3)])
        story.seal("a")
        let book = try UnsealedTests.book(
            store, [founder, try UnsealedTests.source(story, "a", upTo: 3)])
        let titles = try book.list(RecordFilter()).records.map(\.title)
        #expect(titles.sorted() == ["Another", "Forged"])
    }

    @Test func `a past that ends before the seal has what the seal covers`() throws {
        var story = Scenario("a")
        story.seal("f")
        story.write("a1 thing: title=Quay", "a2 a1: title=Pier", "a3 a1: title=Dock")
        story.seal("a")
        story.write("a4 a1: title=Forged")
        let store = try UnsealedTests.store()
        let book = try UnsealedTests.book(
            store,
            [
                try UnsealedTests.source(story, "f", upTo: 2),
                try UnsealedTests.source(story, "a", upTo: 4),
            ])
        let log = try #require(book.logs.index(of: story.id(Spot("a1")).log))
        for (seq, title) in [(1, "Quay"), (2, "Pier"), (3, "Dock"), (4, "Dock")] {
            let past = try book.past(Bounds(limits: [log: UInt64(seq)], otherwise: .max))
            #expect(try past.list(RecordFilter()).records.map(\.title) == [title])
        }
    }

    @Test func `the own log counts to its end`() throws {
        let story = UnsealedTests.sealedStory()
        let book = try UnsealedTests.book(
            try UnsealedTests.store(),
            [
                try UnsealedTests.source(story, "f", upTo: 2),
                try UnsealedTests.source(story, "a", upTo: 3, countsUnsealed: true),
            ])
        #expect(try book.list(RecordFilter()).records.count == 2)
    }
}
