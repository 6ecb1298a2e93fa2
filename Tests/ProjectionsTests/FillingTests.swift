// SPDX-License-Identifier: MIT
import Merging
import Scenarios
import Testing

@testable import Projections
@testable import Queries

/// An index that is filled, and one that is added to, hold the same.
@Suite struct FillingTests {
    private func story() -> Scenario {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay tags+=harbour", "b1[a1] a1: title=Pier", "c1[a1] a1: notes*=one",
            "b2 thing: title=Dock", "a2[b2] b2: notes*=two", "a3 thing: title=Mole")
        return story
    }

    @Test func `what is mostly new is filled anew, with the same digest and what was noted kept`()
        throws
    {
        let story = story()
        let whole = try Shelf(story)
        try whole.takeAll()
        let shelf = try Shelf(story, holding: [Spot("a1")])
        let note = SegmentNote(name: "x.seg", size: 7, content: [1, 2])
        try shelf.store.replaceSegmentNotes([note])
        let summary = try shelf.takeMuch(story.names.map { story.last($0) })
        #expect(summary.recordsTouched == 3)
        #expect(try shelf.digest() == whole.digest())
        #expect(try shelf.store.segmentNotes() == [note])
        // Little is new now: it is added.
        #expect(try shelf.takeMuch(story.names.map { story.last($0) }).recordsTouched == 0)
    }

    @Test func `the counts of kinds are those of the records, however they came in`() throws {
        var story = Scenario("abc", coordinators: "k")
        story.write(
            "a1 thing: title=Quay status=open", "b1[a1] a1: status=shut", "c1[a1] a1: status=open",
            "b2 thing: title=Dock status=shut", "a2[b2] b2: status=open",
            "k1[a2,b2,c1] a1: status=shut")
        for order in orders(["a", "b", "c", "f", "k"] as [Character]) {
            let shelf = try Shelf(story)
            for name in order {
                _ = try shelf.take([story.last(name)])
                let find = try shelf.store.database.statement(
                    """
                    SELECT kind, count(*), sum(isOpen) FROM records WHERE kind IS NOT NULL
                    GROUP BY kind ORDER BY kind
                    """)
                var wanted: [[Int64]] = []
                while try find.step() { wanted.append((0...2).map { find.integer($0) }) }
                let told = try shelf.book().counts()
                #expect(told.map { Int64($0.all) } == wanted.map { $0[1] }, "\(order)")
                #expect(told.map { Int64($0.open) } == wanted.map { $0[2] }, "\(order)")
            }
        }
    }

    @Test func `a record is found by its number on its log, and no other`() throws {
        var story = Scenario()
        for number in 1...9 {
            story.write("a\(2 * number - 1) thing: title=T\(number)")
            story.write("a\(2 * number) a1: notes*=word")
        }
        story.write("b1 thing: title=Other")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let (a, b) = (try shelf.place(Spot("a1")).log, try shelf.place(Spot("b1")).log)
        for number in 1...9 as ClosedRange<UInt64> {
            #expect(try shelf.store.record(number, of: a) == EntryRef(a, 2 * number - 1))
        }
        #expect(try shelf.store.record(1, of: b) == EntryRef(b, 1))
        for (number, log) in [(0, a), (10, a), (.max, a), (2, b)] as [(UInt64, LogIndex)] {
            #expect(try shelf.store.record(number, of: log) == nil)
        }
    }

    @Test(arguments: [[], [5], [3, 1, 2], [1 << 63, 0, 1 << 40, 7, 1 << 40, 2_047, 2_048]])
    func `radix order is the order of keys, and equal keys keep theirs`(keys: [UInt64]) {
        var items = keys.enumerated().map { (key: $1, place: $0) }
        let wanted = items.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
        items.sort(byRadixOf: \.key)
        #expect(items.map(\.place) == wanted.map(\.place))
    }

    @Test func `radix order holds for many keys of any size`() {
        var seed: UInt64 = 42
        var items = (0..<5_000).map { place in
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (key: (seed >> 20) & (place.isMultiple(of: 3) ? 0xff : .max), place: place)
        }
        let wanted = items.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
        items.sort(byRadixOf: \.key)
        #expect(items.map(\.place) == wanted.map(\.place))
    }
}
