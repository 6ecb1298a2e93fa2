// SPDX-License-Identifier: MIT
import Events
import Projections
import Queries
import Scenarios
import Testing

/// A device whose access has ended stays out, whatever it is enrolled as afterwards.
@Suite struct CutDeviceTests {
    /// Coordinators k and l, let in by the lead in f2 and f3.
    private static func story(_ field: String = "a") -> Scenario {
        var story = Scenario(field, coordinators: "kl", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.enrol("l", as: .coordinator)
        return story
    }

    /// Whoever enrolled and cut, and whoever saw what: only the reinstatement lets the device in
    /// again. Where the lead knew of neither, a coordinator's cut does not reach the lead's choice.
    @Test
    func `a cut device that is enrolled anew stays cut, whatever its role, until it is named`()
        throws
    {
        for (first, cutter) in [("k", "k"), ("f", "k"), ("k", "l"), ("k", "f"), ("f", "f")] {
            for role in [Role.auditor, .field, .coordinator] {
                for (isSeen, isNamed) in [
                    (false, false), (true, false), (true, true), (false, true),
                ] where role != .coordinator || cutter == "f" || isSeen || isNamed {
                    try expectOut(
                        Character(first), Character(cutter), role, isSeen: isSeen,
                        isNamed: isNamed)
                }
            }
        }
    }

    private func expectOut(
        _ first: Character, _ cutter: Character, _ role: Role, isSeen: Bool, isNamed: Bool
    ) throws {
        var story = Self.story()
        story.enrol("a", as: .field, by: first)
        let enrolment = story.last(first)
        story.cut("a", at: [], by: cutter, having: cutter == first ? [] : [enrolment])
        let cut = story.last(cutter)
        let seen = (isNamed ? [enrolment] : []) + (isSeen ? [cut] : [])
        story.enrol(
            "a", as: role, replacing: isNamed ? [enrolment] : [],
            having: seen.filter { $0.log != "f" })
        story.write("a1[\(story.last("f"))] thing: title=Back")
        let what = Comment("\(first) enrolled, \(cutter) cut, as \(role), \(isSeen), \(isNamed)")
        for order in [story.names, story.names.reversed()] {
            let shelf = try Shelf(story, takingIn: order)
            let out = try shelf.book().roster.devices.filter(\.isCut).map(\.callSign)
            #expect(out == ["A"], what)
            #expect(try shelf.reads("a1", "title") == "not held", what)
        }
        story.reinstate("a", lifting: [cut], by: "f", having: cutter == "f" ? [] : [cut])
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.book().roster.devices.allSatisfy { $0.isCut == false }, what)
    }

    @Test func `nobody enrols a colleague as less, unseen, and cuts it then`() throws {
        var story = Self.story()
        story.enrol("l", as: .field, by: "k")
        story.cut("l", at: [], by: "k")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.book().roster.devices.allSatisfy { $0.isCut == false })
            let findings = try shelf.rosterFindings()
            #expect(findings == ["not-below L k1,k2"])
        }
    }

    @Test func `a cut that changed nothing does not come to bind by what the lead says later`()
        throws
    {
        var story = Self.story()
        story.cut("l", at: [], by: "k")
        let cut = story.last("k")
        story.enrol(
            "l", as: .coordinator, callSign: "L2", replacing: [Spot("f3")], having: [cut])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.book().roster.devices.allSatisfy { $0.isCut == false })
        }
    }

    @Test func `what a rank cut no lower one takes back`() throws {
        var story = Self.story()
        story.enrol("a", as: .field, by: "k")
        story.cut("a", at: [], by: "f", having: [Spot("k1")])
        let cut = story.last("f")
        story.reinstate("a", lifting: [cut], by: "k", having: [cut])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.book().roster.devices.filter(\.isCut).map(\.callSign) == ["A"])
        }
    }

    @Test func `a coordinator who was cut lets nobody in, whoever enrols it anew`() throws {
        var story = Self.story("ab")
        story.enrol("a", as: .field, by: "k")
        story.cut("a", at: [], by: "l", having: [Spot("k1")])
        story.enrol("a", as: .coordinator, replacing: [Spot("k1")], having: [Spot("l1")])
        story.enrol("b", as: .field, by: "a", having: [story.last("f")])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(
                try shelf.roster() == [
                    "A coordinator", "F lead", "K coordinator", "L coordinator",
                ])
        }
    }

    @Test func `who is of the lead's own choice is not cut by a peer, and both are told`() throws {
        var story = Self.story()
        story.cut("l", at: [], by: "k", having: [Spot("f3")])
        story.cut("k", at: [], by: "l")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.book().roster.devices.allSatisfy { $0.isCut == false })
            #expect(try shelf.rosterFindings() == ["not-below K l1", "not-below L k1"])
        }
    }

    @Test
    func `two who were raised and cut each other unseen are both out, until the lead decides`()
        throws
    {
        var story = Self.story("ab")
        story.enrol("a", as: .field, by: "k")
        story.enrol("b", as: .field, by: "k")
        story.enrol("a", as: .coordinator, replacing: [Spot("k1")], having: [Spot("k2")])
        story.enrol("b", as: .coordinator, replacing: [Spot("k2")])
        story.cut("b", at: [], by: "a", having: [Spot("f4"), Spot("k2")])
        story.cut("a", at: [], by: "b", having: [Spot("f3"), Spot("k2")])
        // b had not seen that it was raised itself, so that its cut counts for nothing.
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.book().roster.devices.filter(\.isCut).map(\.callSign) == ["B"])
        }
    }

    @Test func `a device that was made field staff again is cut by a coordinator`() throws {
        var story = Self.story()
        story.enrol("a", as: .coordinator)
        story.enrol("a", as: .field, replacing: [story.last("f")], from: Spot("a0"))
        story.cut("a", at: [], by: "k", having: [story.last("f")])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.book().roster.devices.filter(\.isCut).map(\.callSign) == ["A"])
        }
    }
}
