// SPDX-License-Identifier: MIT
import Basics
import Projections
import Scenarios
import Testing

@testable import Queries

/// Values that stand in the index though nothing wrote them.
@Suite struct IndexValueTests {
    /// c1 names b1 and a place of a that is not held yet.
    private static func shelf() throws -> Shelf {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "a2 a1: title=Dock", "b1[a1] a1: title=Pier",
            "c1[a2,b1] a1: title=Slip", "b2 a1: title=Mole")
        return try Shelf(story, holding: ["a1", "b1", "c1"].map { Spot($0) } + [story.last("f")])
    }

    @Test(arguments: [
        "UPDATE lines SET packed=x'01'",
        "UPDATE claims SET log=-1", "UPDATE claims SET excepted=x'80'",
        "UPDATE claims SET seq=1099511627776", "UPDATE claims SET chain=x'00'",
        "UPDATE logs SET seq=-1", "UPDATE logs SET seq=1099511627776", "UPDATE logs SET last=-1",
        "UPDATE logs SET toldSeq=-1", "UPDATE logs SET sealedSeq=-1", "UPDATE logs SET offset=-1",
        "UPDATE logs SET id=id+7", "UPDATE logs SET log=x'00' WHERE id=0",
        "UPDATE states SET state=x'01'", "UPDATE records SET kind=99",
    ])
    func `an update says that the index is at fault, and writes nothing`(_ fault: String) throws {
        let shelf = try IndexValueTests.shelf()
        try shelf.store.database.run(fault)
        let before = try count(shelf, "records")
        do {
            _ = try shelf.take(["a2", "b2"].map { Spot($0) })
            Issue.record("'\(fault)' was taken for what it says")
        } catch let failure as Failure {
            #expect(failure.kind == .indexDamaged)
        }
        #expect(try count(shelf, "records") == before)
    }

    @Test func `a value in a state that is no whole item is not read as none`() throws {
        let shelf = try IndexValueTests.shelf()
        let title = EncodedValue(.text("Quay")).bytes.array
        let find = try shelf.store.database.statement("SELECT id, state FROM states")
        var spoilt: [(Int64, [UInt8])] = []
        while try find.step() {
            var state = find.bytes(1)
            guard let place = state.firstRange(of: title)?.lowerBound else { continue }
            // A text that says it is longer than what follows.
            state[place] = 0x7b
            spoilt.append((find.integer(0), state))
        }
        #expect(spoilt.isEmpty == false)
        for (id, state) in spoilt {
            _ = try shelf.store.database.statement("UPDATE states SET state=?2 WHERE id=?1")
                .bind(1, id).bind(2, state).step()
        }
        #expect { try shelf.take([Spot("a2")]) } throws: { error in
            (error as? Failure)?.kind == .indexDamaged
        }
    }

    @Test(arguments: [
        "UPDATE records SET kind=99", "UPDATE records SET kind=-1", "UPDATE states SET view=x'01'",
        "UPDATE states SET view=x'80'",
    ])
    func `a list says that the index is at fault, and shows nothing else for it`(
        _ fault: String
    ) throws {
        let shelf = try IndexValueTests.shelf()
        let book = try shelf.book()
        var titled = RecordFilter()
        let title = try #require(try book.list(RecordFilter()).records.first).title
        titled.conditions = [RecordCondition("title", .equals, [.text(title)])]
        #expect(try book.list(titled).total > 0)
        try shelf.store.database.run(fault)
        for filter in [RecordFilter(), titled] {
            #expect { try book.list(filter) } throws: { error in
                (error as? Failure)?.kind == .indexDamaged
            }
        }
    }

    private func count(_ shelf: Shelf, _ table: String) throws -> Int64 {
        let find = try shelf.store.database.statement("SELECT count(*), sum(time) FROM \(table)")
        guard try find.step() else { return 0 }
        defer { find.reset() }
        return find.integer(0) &+ find.integer(1)
    }

    @Test func `a link to a number that no log can have finds nothing`() throws {
        var story = Scenario()
        story.write("a1 thing: title=Quay")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let (book, author) = (try shelf.book(), try shelf.place(Spot("a1")))
        let log = story.id(Spot("a1")).log
        for seq: UInt64 in [1 << 40, 1 << 63, .max] {
            let id = EntryID(log: log, seq: seq)
            for link in [Link(id), Link(id, in: log)] {
                #expect(try book.place(of: link, by: author) == nil)
            }
        }
    }
}
