// SPDX-License-Identifier: MIT
@testable import Projections
@testable import Queries
import Scenarios
import Testing

@Suite struct SearchTests {
    private func found(_ shelf: Shelf, _ words: String) throws -> [Spot] {
        try shelf.book().search(words, limit: 10).map { shelf.spot($0.entry ?? $0.record) }
    }

    @Test func `a record is found by what it says now, and an entry by its parts`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay tags+=harbour labels.fr=Quai", "b1[a1] a1: notes*=lantern",
            "c1[a1] a1: title=Pier tags-=harbour labels.fr=Jetée")
        for order in orders(["a", "b", "c", "f"] as [Character]) {
            let shelf = try Shelf(story, takingIn: order)
            for (words, spots) in [
                ("pier", [Spot("a1")]), ("quay", []), ("harb", []), ("lant", [Spot("b1")]),
                ("jetee", [Spot("a1")]), ("quai", []), ("\"pier", [Spot("a1")]), ("pier quay", []),
            ] {
                #expect(try found(shelf, words) == spots, "\(words) in \(order)")
            }
        }
    }

    @Test func `an entry is named however it came in, and words stay found when all is made anew`()
        throws
    {
        var story = Scenario()
        // Log a comes before b: its entry is sorted before the one that creates the record.
        story.write(
            "b1 thing: title=Quay notes*=anchor", "a1[b1] b1: notes*=lantern",
            "a2 b1: title=Pier", "c1[a2] b1: notes*=buoy", "c2 thing: title=Mole notes*=anchor")
        for order in orders(["a", "b", "c", "f"] as [Character]) {
            let shelf = try Shelf(story, takingIn: order)
            for _ in 0..<2 {
                for (words, spots) in [
                    ("anchor", ["b1", "c2"]), ("lantern", ["a1"]), ("buoy", ["c1"]),
                    ("pier", ["b1"]),
                    ("quay", []), ("mole", ["c2"]),
                ] {
                    let found = try found(shelf, words)
                    #expect(Set(found) == Set(spots.map { Spot($0) }), "\(words) in \(order)")
                    #expect(found.count == spots.count)
                }
                _ = try shelf.rebuild()
            }
        }
    }

    @Test func `filling gives the search one run of words`() throws {
        var story = Scenario()
        for number in 1...40 {
            story.write("b\(number) thing: title=Quay\(number) notes*=word\(number)")
            story.write("a\(number)[b\(number)] b\(number): notes*=other\(number)")
        }
        let shelf = try Shelf(story)
        try shelf.takeAll()
        // Segment numbers are the upper bits of the rows of FTS5's data.
        let find = try shelf.store.database.statement(
            "SELECT count(DISTINCT id >> 37) FROM search_data WHERE id > 10")
        #expect(try find.step())
        #expect(find.integer(0) == 1)
    }

    @Test func `a disputed title is found by what is shown`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "c1[a1] a1: title=Dock")
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1"), Spot("c1")])
        try shelf.take("b1")
        #expect(try found(shelf, "dock") == [Spot("a1")])
        #expect(try found(shelf, "pier") == [])
        story.write("a2[b1,c1] a1: title=Pier")
        let later = try Shelf(
            story, holding: [story.last("f"), Spot("a1"), Spot("b1"), Spot("c1")])
        try later.take("a2")
        #expect(try found(later, "pier") == [Spot("a1")])
        #expect(try found(later, "dock") == [])
    }
}
