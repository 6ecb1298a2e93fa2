// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
@testable import Projections
import Queries
import Scenarios
import Simulation
import Testing

/// Which of several enrolments of one device holds at which of its entries.
@Suite struct EnrolmentTests {
    /// Coordinators k and l, let in by the lead in f2 and f3; a is let in by the tests.
    private static func story(_ field: String = "a") -> Scenario {
        var story = Scenario(field, coordinators: "kl", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.enrol("l", as: .coordinator)
        return story
    }

    @Test func `a first enrolment admits what a device wrote while it waited`() throws {
        var story = Self.story()
        story.write("a1 thing: title=Quay")
        story.enrol("a", as: .field, by: "k", from: Spot("a0"))
        story.write("a2 thing: title=Pier")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.reads("a1", "title") == "Quay")
            #expect(try shelf.spans("a") == "1 field")
            #expect(try shelf.rosterFindings() == [])
        }
    }

    @Test func `a later one that permits more counts where it is in sight, and wakes nothing`()
        throws
    {
        var story = Self.story()
        story.enrol("a", as: .auditor, by: "k")
        story.write("a1 thing: title=Quay")
        story.enrol("a", as: .field, by: "l", replacing: [Spot("k1")], having: [Spot("k1")])
        story.write("a2 thing: title=Pier", "a3[k1,l1] thing: title=Dock")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.spans("a") == "1 auditor, 3 field")
            #expect(try shelf.asides() == ["a1 not-permitted", "a2 not-permitted"])
            #expect(try shelf.reads("a3", "title") == "Dock")
            #expect(try shelf.roster().first == "A field")
        }
    }

    @Test func `a later one that permits less counts from its place on`() throws {
        for (start, spans) in [
            (Spot("a2"), "1 field, 3 auditor"), (Spot("a0"), "1 auditor"), (nil, "1 auditor"),
        ] {
            var story = Self.story()
            story.enrol("a", as: .field, by: "k")
            story.write("a1 thing: title=One", "a2 thing: title=Two")
            story.enrol("a", as: .auditor, by: "l", replacing: [Spot("k1")], from: start)
            story.write("a3 thing: title=Three")
            try expectEverywhere(story) { (shelf: Shelf) throws in
                #expect(try shelf.spans("a") == spans)
                #expect(try shelf.roster().first == "A auditor")
                #expect(try shelf.asides().contains("a3 not-permitted"))
            }
        }
    }

    @Test func `who gives less undoes nothing that they had seen, and an equal's word is told`()
        throws
    {
        for (author, findings) in [("l", ["lessened A k1,l1"]), ("k", []), ("f", [])]
            as [(Character, [String])]
        {
            var story = Self.story()
            story.enrol("a", as: .field, by: "k")
            story.write("a1[k1] thing: title=One", "a2 thing: title=Two")
            story.enrol(
                "a", as: .auditor, by: author, replacing: [Spot("k1")], from: Spot("a0"),
                having: [Spot("a1"), Spot("k1")])
            story.write("a3 thing: title=Three")
            try expectEverywhere(story) { (shelf: Shelf) throws in
                #expect(try shelf.spans("a") == "1 field, 2 auditor")
                #expect(try shelf.reads("a1", "title") == "One")
                let told = try shelf.rosterFindings()
                #expect(told == findings)
            }
        }
    }

    @Test func `what is not named is not replaced, the least role holds and authors are told`()
        throws
    {
        for roles in [[Role.auditor, .field], [.field, .auditor]] {
            var story = Self.story()
            story.enrol("a", as: roles[0], by: "k")
            story.enrol("a", as: roles[1], by: "l", having: [Spot("k1")])
            story.write("a1 thing: title=Quay")
            try expectEverywhere(story) { (shelf: Shelf) throws in
                #expect(try shelf.spans("a") == "1 auditor")
                #expect(try shelf.rosterFindings() == ["enrolled-twice A k1,l1"])
            }
            let both = [Spot("k1"), Spot("l1")]
            story.enrol("a", as: .field, by: "k", replacing: both, having: [Spot("l1")])
            story.write("a2[k2,l1] thing: title=Pier")
            try expectEverywhere(story) { (shelf: Shelf) throws in
                #expect(try shelf.spans("a") == "1 auditor, 2 field")
                #expect(try shelf.rosterFindings() == [])
            }
        }
    }

    @Test func `of two alike the lower log and seq holds, whoever reads`() throws {
        var story = Self.story()
        story.enrol("a", as: .field, by: "k")
        story.enrol("a", as: .field, by: "l")
        story.write("a1 thing: title=Quay")
        let lower = [Spot("k1"), Spot("l1")].min { story.id($0) < story.id($1) }
        try expectEverywhere(story) { (shelf: Shelf) throws in
            let book = try shelf.book()
            let log = try #require(book.logs.index(of: story.id(Spot("a", 1)).log))
            let by = try #require(book.row(log).admission?.spans.first?.by)
            #expect(shelf.spot(by) == lower)
        }
    }

    @Test func `an enrolment ends with its day by the times of the entries`() throws {
        var story = Self.story()
        // The scenario begins on 13 May 2014 at 16:53 UTC; the day ends 426 minutes and 40 seconds
        // later.
        story.enrol("a", as: .field, by: "k", until: "2014-05-13")
        story.write(
            "a1 thing: title=One", "a2@426 thing: title=Two", "a3@427 thing: title=Three",
            "a4@9000 thing: title=Four")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.spans("a") == "1 field, 3 -")
            #expect(try shelf.asides() == ["a3 not-let-in", "a4 not-let-in"])
            #expect(try shelf.reads("a2", "title") == "Two")
        }
        let shelf = try Shelf(story)
        for spot in ["f3", "k1", "a1", "a2", "a3", "a4"] { try shelf.take(spot) }
        #expect(try shelf.spans("a") == "1 field, 3 -")
    }

    @Test func `what an ended enrolment had replaced holds again`() throws {
        var story = Self.story()
        story.enrol("a", as: .auditor, by: "k")
        story.enrol(
            "a", as: .field, by: "k", replacing: [Spot("k1")], until: "2014-05-13")
        story.write("a1[k2] thing: title=One", "a2@427 thing: title=Two")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.spans("a") == "1 field, 2 auditor")
        }
    }

    @Test func `sight that comes late gives the role late, in any order`() throws {
        var story = Self.story()
        story.enrol("a", as: .auditor, by: "k")
        story.enrol("a", as: .field, by: "k", replacing: [Spot("k1")])
        story.write("a1[k2] thing: title=One")
        let shelf = try Shelf(story)
        try shelf.take("f3", "k1", "a1")
        #expect(try shelf.spans("a") == "1 auditor")
        try shelf.take("k2")
        #expect(try shelf.spans("a") == "1 field")
        #expect(try shelf.reads("a1", "title") == "One")
    }

    @Test func `a coordinator's acts count while it is one`() throws {
        var story = Self.story("abc")
        story.enrol("a", as: .field, by: "k")
        story.enrol("k", as: .field, replacing: [Spot("f2")], from: Spot("k1"))
        story.enrol("b", as: .field, by: "k")
        story.enrol("k", as: .coordinator, replacing: [Spot("f4")])
        story.enrol("c", as: .field, by: "k", having: [Spot("f5")])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.spans("k") == "1 coordinator, 2 field, 3 coordinator")
            #expect(
                try shelf.roster() == [
                    "A field", "C field", "F lead", "K coordinator", "L coordinator",
                ])
        }
    }

    @Test func `peers do not lessen each other, and are told`() throws {
        var story = Self.story()
        story.enrol("l", as: .auditor, by: "k")
        story.enrol("k", as: .auditor, by: "l", replacing: [Spot("f2")])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.roster() == ["F lead", "K coordinator", "L coordinator"])
            #expect(try shelf.rosterFindings() == ["not-below K l1", "not-below L k1"])
        }
    }

    @Test func `field staff who become coordinators keep what they wrote before`() throws {
        var story = Self.story("ab")
        story.enrol("a", as: .field, by: "k")
        story.write("a1 thing: title=One")
        story.enrol("a", as: .coordinator, replacing: [Spot("k1")], having: [Spot("k1")])
        story.enrol("b", as: .field, by: "a", having: [Spot("f3")])
        story.enrol("b", as: .field, by: "a", having: [story.last("f")])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.spans("a") == "1 field, 3 coordinator")
            #expect(try shelf.reads("a1", "title") == "One")
            #expect(try shelf.rosterFindings() == [])
            let by = try shelf.book().rows.compactMap(\.admission).flatMap(\.spans).compactMap(\.by)
            #expect(by.map { "\(shelf.spot($0))" }.contains("a2") == false)
        }
    }

    @Test func `a name with another history replaces nothing`() throws {
        var story = Self.story()
        story.enrol("a", as: .auditor, by: "k")
        let other = PinnedEntry(
            log: story.id(Spot("k1")).log, seq: 1, chain: Bytes16(high: 1, low: 1))
        let device = Scenario.device("a")
        var said = Enrolment(
            device.key.publicKey, boxKey: device.box.publicKey, as: .field,
            DeviceHolder(callSign: "A"))
        said.replaces = [other]
        story.append(.enrolled(said), by: "l", having: [Spot("k1")])
        story.write("a1[k1,l1] thing: title=One")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.spans("a") == "1 auditor")
        }
    }

    @Test func `an act with a longer header is used by nobody`() throws {
        var story = Self.story()
        let device = Scenario.device("a")
        let said = Enrolment(
            device.key.publicKey, boxKey: device.box.publicKey, as: .field,
            DeviceHolder(callSign: "A"))
        story.append(.enrolled(said), by: "k", with: .laterVersion)
        story.append(
            .cut(Scenario.device("l").key.publicKey, at: [], reason: "lost"), by: "f",
            with: .laterVersion)
        story.write("a1 thing: title=One")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.spans("a") == "not admitted")
            #expect(try shelf.roster() == ["F lead", "K coordinator", "L coordinator"])
            #expect(try shelf.book().roster.devices.allSatisfy { $0.isCut == false })
        }
    }

    @Test func `of many enrolments of one device the work does not grow with their square`() {
        var terms: [Holding.Term] = []
        var replaces: [[Int]] = []
        for number in 0..<20_000 {
            terms.append(Holding.Term(number: number, from: UInt64(number + 1), through: .max))
            replaces.append(number > 0 ? [number - 1] : [])
        }
        let weights = terms.map { Holding.Weight(authorRank: 1, number: $0.number) }
        let holding = Holding(terms, replaces: replaces, weights: weights)
        #expect(holding.steps.count == 20_000)
        #expect(holding.number(at: 1) == 0)
        #expect(holding.number(at: 20_000) == 19_999)
    }
}
