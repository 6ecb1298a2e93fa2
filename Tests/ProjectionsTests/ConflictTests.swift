// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Scenarios
import Testing

/// What a person has to decide is one value: where, who says what, what is read, who settles how.
@Suite struct ConflictTests {
    private func conflicts(_ story: Scenario, on spot: String = "a1") throws -> [Conflict] {
        var found: [[Conflict]] = []
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            let record = try #require(try shelf.record(spot))
            found.append(record.conflicts)
            // Numbers of logs differ between the orders: sides are compared as people name them.
            #expect(record.conflicts.map { told($0, shelf) } == found[0].map { told($0, shelf) })
        }
        return found[0]
    }

    private func told(_ conflict: Conflict, _ shelf: Shelf) -> String {
        "\(conflict.field.name) \(conflict.key) \(conflict.shown) \(conflict.sides.count) "
            + "\(conflict.way) \(conflict.settlers) \(conflict.urgency)"
    }

    private func text(_ value: EncodedValue) -> String { value.text ?? "-" }

    @Test func `the most protective side comes first, whoever wrote it when`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "a2 a1: level=medium", "b1[a1] a1: level=low",
            "c1[a1] a1: level=high")
        let conflict = try #require(try conflicts(story).first)
        #expect(conflict.sides.map { text($0.value) } == ["high", "medium", "low"])
        #expect(conflict.shown == .value(EncodedValue(.text("high"))))
        #expect(conflict.settlers == .coordinators)
        guard case .value(let offered) = conflict.way else {
            Issue.record("The way is no value.")
            return
        }
        #expect(offered.map(text) == ["high", "medium", "low"])
    }

    @Test func `each key is a conflict of its own`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: labels.en=One labels.fr=Un",
            "c1[a1] a1: labels.en=Two labels.fr=Deux")
        #expect(try conflicts(story).map(\.key) == ["en", "fr"])
        #expect(try conflicts(story).map(\.sides.count) == [2, 2])
    }

    @Test func `a dispute of a shutting offers no shutting first, and names who may let it stand`()
        throws
    {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "b1[a1] a1: status=shut",
            "c1[a1] a1: harms*=broken level=high")
        let conflict = try #require(try conflicts(story).first)
        #expect(conflict.finding?.name == "shutting-disputed")
        #expect(conflict.shown == .suspended("open, shutting disputed"))
        #expect(conflict.sides.map(\.field.name) == ["status", "harms", "level"])
        #expect(conflict.settlers == .coordinators)
        #expect(
            conflict.way
                == .value([EncodedValue(.text("open")), EncodedValue(.text("shut"))]))
    }

    @Test func `additions to a set, and what became of a part, have their sides`() throws {
        var story = Scenario()
        story.write(
            "a1 thing: title=Quay", "a2 a1: notes*=one", "b1[a1,a2] a1: owners+=pam notes!=a2",
            "c1[a1,a2] a1: owners+=joe notes~=a2,two")
        let conflicts = try conflicts(story)
        #expect(conflicts.map(\.field.name) == ["owners", "notes"])
        #expect(conflicts.map(\.sides.count) == [2, 2])
        #expect(conflicts.map(\.way) == [.elements, .part])
        let part = try #require(conflicts.last)
        #expect(Set(part.sides.map { text($0.value) }) == ["-", "two"])
    }

    @Test func `what a rule hides is not settled by it, and counts are put right`() throws {
        var story = Scenario("abcd")
        story.write(
            "a1 thing: title=Quay counts.homes-=3", "b1[a1] a1: status=shut",
            "c1[a1] a1: notes*=seen")
        let flagged = try Shelf(story)
        try flagged.takeAll()
        let before = try #require(try flagged.record("a1"))
        #expect(before.findings.map(\.name) == ["later-note", "negative-count"])
        story.write("d1[a1] a1: harms*=broken counts.homes+=5")
        let disputed = try Shelf(story)
        try disputed.takeAll()
        let after = try #require(try disputed.record("a1"))
        #expect(after.findings.map(\.name) == ["shutting-disputed"])
        #expect(before.settled(in: after).isEmpty)
        #expect(after.settled(in: before).map(\.finding?.name) == ["shutting-disputed"])
    }
}
