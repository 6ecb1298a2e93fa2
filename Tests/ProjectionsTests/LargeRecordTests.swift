// SPDX-License-Identifier: MIT
import Basics
import Projections
import Queries
import Scenarios
import Testing

/// Records that one author made large, by ordinary changes.
@Suite struct LargeRecordTests {
    @Test func `sums that leave the range of a count are told and neither wrap nor stop`() throws {
        let most = "\(Int64.max)"
        var story = Scenario("ab")
        story.write(
            "a1 thing: title=Quay counts.homes+=\(most)", "a2 a1: counts.homes+=\(most)",
            "b1[a2] a1: counts.homes+=1")
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            #expect(try shelf.findings("a1") == ["count-out-of-range"])
        }
        story.write("a3 a1: counts.homes-=\(most)", "a4 a1: counts.homes-=3")
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            #expect(try shelf.findings("a1").isEmpty)
            #expect(try shelf.reads("a1", "counts") == "homes=\(Int64.max - 2)")
        }
    }

    @Test func `many later dates by who may not ease leave the earliest working`() throws {
        var story = Scenario("a", coordinators: "k")
        story.write("a1 thing: due=1900-01-01")
        for seq in 2...400 { story.write("a\(seq) a1: due=\(1_900 + seq)-01-01") }
        story.write("k1[a300] a1: due=1950-01-01")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        // What the coordinator had seen is settled; what came after would ease it, and may not.
        let due = try #require(try shelf.record("a1")?.field("due"))
        #expect(due.shown.text == "1950-01-01")
        #expect(due.isDisputed)
    }

    @Test func `an entry with many values comes to what many entries with one each do`() throws {
        let names = (0..<200).map { "n\(($0 * 77) % 200)" }
        var (one, many) = (Scenario("ab"), Scenario("ab"))
        one.write("a1 thing: owners+=n7,m1", "b1[a1] a1: owners-=n8 owners+=n9")
        many.write("a1 thing: owners+=n7,m1", "b1[a1] a1: owners-=n8 owners+=n9")
        one.write("b2[a1] a1: owners+=\(names.joined(separator: ",")) counts.homes+=2")
        for (index, name) in names.enumerated() {
            many.write("b\(index + 2)[a1] a1: owners+=\(name)")
        }
        many.write("b202[a1] a1: counts.homes+=2")
        let reads = try [one, many].map { story in
            let shelf = try Shelf(story)
            try shelf.takeAll()
            let owners = try shelf.reads("a1", "owners").split(separator: " ")
            return (owners: Set(owners), counts: try shelf.reads("a1", "counts"))
        }
        #expect(reads[0] == reads[1])
        #expect(reads[0].owners.count == 201)
    }

    @Test func `owners are compared among the first thirty-two alone`() throws {
        let names = (1...1_000).map { "n\($0)" }.joined(separator: ",")
        var story = Scenario("ab")
        story.write("a1 thing: owners+=\(names)", "b1[a1] a1: owners+=x")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let owners = try #require(try shelf.record("a1")?.field("owners"))
        #expect(owners.isDisputed == false)
        guard case .set(let elements, _) = owners.content else { return }
        #expect(elements.count == 1_001)
    }
}
