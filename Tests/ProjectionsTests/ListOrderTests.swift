// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Queries
import Scenarios
import Testing

@Suite struct ListOrderTests {
    @Test func `records that read alike are listed alike, whatever came first`() throws {
        var story = Scenario("abc")
        story.write(
            "c1 thing: title=Quay", "a1 thing: title=Quay", "b1 thing: title=Pier",
            "b2 thing: title=Quay")
        var found: Set<[EntryID]> = []
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            let book = try shelf.book()
            var filter = RecordFilter()
            filter.kind = book.vocabulary.kind("thing")
            filter.order = .init("title", isDescending: false)
            found.insert(try book.list(filter).records.map { book.logs.entry(at: $0.place) })
        }
        #expect(found.count == 1)
        #expect(found.first?.count == 4)
    }
}
