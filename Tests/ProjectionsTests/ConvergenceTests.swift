// SPDX-License-Identifier: MIT
import Basics
import Projections
import Queries
import Scenarios
import Testing

/// Seven segments of four devices: two each of a, b and c, and the founder's one.
@Suite struct ConvergenceTests {
    private struct Segment: Hashable {
        let log: Character
        /// Its number among those of its log, from 0.
        let number: Int
        let end: Spot
    }

    /// What a book says as a whole.
    private struct Words: Hashable {
        let state: Digest
        let seal: Digest
        let waiting: [String]
        let work: [Int]
    }

    private static func story() -> Scenario {
        var story = Scenario("ab", coordinators: "c")
        story.write(
            "a1 thing: title=Quay level=medium lead=kfrs tags+=asb,vc counts.homes+=3",
            "a2 a1: notes*=one goals.homes=10",
            "b1[a1] a1: title=Pier level=low tags-=asb owners+=pam counts.homes+=2",
            "b2[a2] a1: lead=tdc notes!=a2 status=shut",
            "c1[a1] a1: title=Dock level=high lead=kcc tags+=asb owners+=joe harms*=broken",
            "c2[b1] thing: title=Other peers+=a1", "a3[b1] a1: notes~=a2,two goals.homes=8",
            "a4[c2] a1: figures.2013|police=811 due=2015-05",
            "b3[c2] c2: title=Third secret=no", "b4[a4] a1: figures.2013|police=813 status=open",
            "c3[a4,b2] a1: level=low title=Dock lead=tdc", "c4[b4] c2: tags+=da due=2015-03")
        for name in story.names { story.seal(name) }
        return story
    }

    /// A story of programs of two ages: what the newer ones write the older cannot show.
    private static func storyOfTwoNumbers() -> Scenario {
        var story = Scenario("ab", coordinators: "c", vocabulary: .newer)
        story.write(
            "a1 v2", "a2 thing: title=Quay level=low status=open tags+=x,z breaches*=cut",
            "b1 v1", "b2[a2] a2: title=Pier status=shut tags-=x,z",
            "c1 v2", "c2[a2] a2: level=extreme lead=kcc breaches*=text:burnt",
            "a3 v1", "a4[b2] a2: title=Dock level=high", "b3[c2] -",
            "b4 a2: level=low status=open harms*=broken", "c3 v1", "c4[a4,b4] a2: status=shut")
        for name in story.names { story.seal(name) }
        return story
    }

    private static func segments(_ story: Scenario) -> [Segment] {
        [Segment(log: "f", number: 0, end: story.last("f"))]
            + "abc".flatMap { name in
                [
                    Segment(log: name, number: 0, end: Spot(name, 2)),
                    Segment(log: name, number: 1, end: story.last(name)),
                ]
            }
    }

    /// How the logs grow in one order of arrival: a second segment that comes before the first
    /// waits for it, so that both are taken in together.
    private static func steps(_ order: [Segment]) -> [[Spot]] {
        var here: Set<Segment> = []
        return order.map { segment in
            here.insert(segment)
            let first = here.contains { $0.log == segment.log && $0.number == 0 }
            let last = here.filter { $0.log == segment.log }.map(\.end.seq).max() ?? 0
            return first ? [Spot(segment.log, last)] : []
        }
    }

    private static func words(_ shelf: Shelf) throws -> Words {
        let book = try shelf.book()
        let count = try book.workCount()
        return Words(
            state: try book.stateDigest(), seal: book.readingSeal(),
            waiting: try shelf.waiting(), work: [count.conflicts, count.findings])
    }

    @Test func `all 5,040 orders of seven segments give one digest, and each step is as rebuilt`()
        throws
    {
        try expectOneDigest(ConvergenceTests.story(), distinct: 1_374)
    }

    @Test func `so they do where programs of two vocabulary numbers wrote them`() throws {
        let story = ConvergenceTests.storyOfTwoNumbers()
        try expectOneDigest(story, distinct: 1_374)
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.findings("a2") == ["shutting-disputed"])
    }

    private func expectOneDigest(_ story: Scenario, distinct: Int) throws {
        let all = try Shelf(story)
        try all.takeAll()
        let wanted = try ConvergenceTests.words(all)
        var rebuilt: [[Character: UInt64]: Words] = [:]
        var ends: [[[Spot]]: Words] = [:]
        var checked: Set<[[Spot]]> = []
        let arrivals = orders(ConvergenceTests.segments(story)).map(ConvergenceTests.steps)
        #expect(arrivals.count == 5_040)
        // Orders in which the logs grow by the same steps are one and the same for an index.
        for steps in arrivals {
            let growth = steps.filter { $0.isEmpty == false }
            if let known = ends[growth] {
                #expect(known == wanted)
                continue
            }
            let shelf = try Shelf(story, comparesItself: false)
            for (index, step) in growth.enumerated() {
                _ = try shelf.take(step)
                guard checked.insert(Array(growth[...index])).inserted else { continue }
                let found = try ConvergenceTests.words(shelf)
                if rebuilt[shelf.held] == nil {
                    let other = try Shelf(
                        story, holding: shelf.held.map { Spot($0.key, $0.value) })
                    rebuilt[shelf.held] = try ConvergenceTests.words(other)
                }
                if found != rebuilt[shelf.held] {
                    Issue.record("after \(growth) up to \(step): \(shelf.held)")
                    return
                }
            }
            ends[growth] = try ConvergenceTests.words(shelf)
            try shelf.compare()
            #expect(ends[growth] == wanted)
        }
        #expect(ends.count == distinct)
    }

    @Test func `a rebuild in place changes no digest`() throws {
        let shelf = try Shelf(ConvergenceTests.story())
        for step in ["f4", "c2", "a2", "b4", "a4", "c4"] {
            try shelf.take(step)
            let words = try ConvergenceTests.words(shelf)
            #expect(try shelf.rebuild().isRebuilt)
            #expect(try ConvergenceTests.words(shelf) == words)
        }
    }

    @Test func `an update that brings nothing changes nothing`() throws {
        let shelf = try Shelf(ConvergenceTests.story())
        try shelf.takeAll()
        let words = try ConvergenceTests.words(shelf)
        for _ in 0..<3 {
            let summary = try shelf.takeAll()
            #expect(summary.recordsTouched == 0)
            #expect(summary.read.isEmpty)
            #expect(summary.isRebuilt == false)
            #expect(try ConvergenceTests.words(shelf) == words)
        }
    }

    @Test func `entries that did not arrive together change the digest`() throws {
        let shelf = try Shelf(ConvergenceTests.story())
        try shelf.take("f4", "a4", "b4", "c3")
        let before = try shelf.digest()
        try shelf.take("c4")
        #expect(try shelf.digest() != before)
    }
}
