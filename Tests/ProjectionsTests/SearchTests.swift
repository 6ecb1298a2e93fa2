// SPDX-License-Identifier: MIT
import Projections
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
            let shelf = try Shelf(story)
            for name in order { _ = try shelf.take([story.last(name)]) }
            for (words, spots) in [
                ("pier", [Spot("a1")]), ("quay", []), ("harb", []), ("lant", [Spot("b1")]),
                ("jetee", [Spot("a1")]), ("quai", []), ("\"pier", [Spot("a1")]), ("pier quay", []),
            ] {
                #expect(try found(shelf, words) == spots, "\(words) in \(order)")
            }
        }
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
