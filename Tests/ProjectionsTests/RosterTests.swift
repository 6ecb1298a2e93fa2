// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Scenarios
import Simulation
import Testing

@Suite struct RosterTests {
    @Test func `entries wait for their device to be enrolled and then count as if in order`() throws
    {
        var story = Scenario("ab", isEnrolling: false)
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "b2 thing: title=Two")
        story.enrol("a", as: .field)
        story.enrol("b", as: .field)
        story.write("b3[f3] a1: title=Slip tags+=x")
        let inOrder = try Shelf(story)
        try inOrder.takeAll()
        let late = try Shelf(story)
        try late.take("b2", "a1")
        #expect(try late.reads("a1", "title") == "not held")
        try late.take("f2")
        #expect(try late.reads("a1", "title") == "Quay")
        try late.take("b3")
        #expect(try late.reads("a1", "title") == "Quay")
        try late.take("f3")
        // Only b3 had the enrolment in sight by which a1 counts: to b1 it was nobody's word yet.
        #expect(try late.reads("a1", "title") == "Slip")
        try expectSame(late, inOrder)
    }

    @Test func `a device that nobody enrolled changes nothing`() throws {
        var story = Scenario("ab", isEnrolling: false)
        story.enrol("a", as: .field)
        story.write("a1 thing: title=Quay", "b1[a1] a1: title=Pier", "b2 thing: title=Two")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let without = try Shelf(story, holding: [story.last("f"), story.last("a")])
        try expectSame(shelf, without)
    }

    @Test func `each rank is enrolled by a rank above it alone`() throws {
        var story = Scenario("", coordinators: "klmx", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.enrol("l", as: .coordinator, by: "k")
        story.enrol("m", as: .field, by: "k")
        story.enrol("x", as: .field, by: "m")
        for order in orders(story.names) {
            let shelf = try Shelf(story, takingIn: order)
            #expect(
                try shelf.roster() == [
                    "F lead", "K coordinator", "M field",
                ])
        }
    }

    @Test func `a coordinator does not make an auditor of a coordinator, and the lead does`() throws
    {
        var story = Scenario("", coordinators: "kl", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.enrol("l", as: .coordinator)
        story.enrol("l", as: .auditor, by: "k")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.roster() == ["F lead", "K coordinator", "L coordinator"])
        }
        story.enrol("l", as: .auditor)
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.roster() == ["F lead", "K coordinator", "L auditor"])
        }
    }

    @Test func `what the lead says of a device stands, whatever coordinators say of it`() throws {
        var story = Scenario("ab", coordinators: "k", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.enrol("a", as: .auditor, by: "k")
        story.enrol("b", as: .field)
        story.write("a1 thing: title=Quay", "b1 thing: title=Pier")
        story.enrol("b", as: .auditor, by: "k", replacing: [Spot("f3")], having: [Spot("f3")])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(
                try shelf.roster() == ["A auditor", "B field", "F lead", "K coordinator"])
            #expect(try shelf.reads("b1", "title") == "Pier")
        }
        // What a coordinator said of a device the lead's own first word puts right.
        story.enrol("a", as: .field, from: Spot("a0"), having: [Spot("k1")])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.roster() == ["A field", "B field", "F lead", "K coordinator"])
            #expect(try shelf.reads("a1", "title") == "Quay")
        }
    }

    @Test
    func
        `each rank is cut by a rank above it, and reinstated by one not below who cut it`()
        throws
    {
        let ranks: [Character: Int] = ["f": 1, "k": 2, "l": 2, "a": 3, "b": 3, "x": 3]
        for cutter in ranks.keys.sorted() {
            for lifter in ranks.keys.sorted() {
                for (name, rank) in ranks where name != cutter && name != lifter {
                    var story = Scenario("ab", coordinators: "kl", auditors: "x")
                    story.cut(name, at: [], by: cutter)
                    let cut = story.last(cutter)
                    story.reinstate(name, lifting: [cut], by: lifter, having: [cut])
                    let isCut = try #require(ranks[cutter]) < rank
                    let lifting = try #require(ranks[lifter])
                    let isLifted = try lifting < rank && lifting <= #require(ranks[cutter])
                    let shelf = try Shelf(story)
                    try shelf.takeAll()
                    let out = try shelf.book().roster.devices.filter(\.isCut).map(\.callSign)
                    let expected = isCut && isLifted == false ? [name.uppercased()] : []
                    #expect(out == expected, "\(cutter) cuts \(name), \(lifter) lifts it")
                }
            }
        }
    }

    @Test func `nobody is let in as lead`() throws {
        for author: Character in ["f", "k", "a"] {
            var story = Scenario("a", coordinators: "ky", isEnrolling: false)
            story.enrol("k", as: .coordinator)
            story.enrol("a", as: .field)
            story.enrol("y", as: .lead, by: author)
            try expectEverywhere(story) { (shelf: Shelf) throws in
                #expect(try shelf.roster() == ["A field", "F lead", "K coordinator"])
            }
        }
    }

    @Test func `a cut keeps what is listed and sets the rest aside`() throws {
        var story = Scenario("ab")
        story.write("a1 thing: title=Quay", "a2 a1: title=Pier", "b1[a2] a1: tags+=x")
        story.cut("a", at: [Spot("a1")], by: "f")
        story.write("a3 a1: title=Dock")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.reads("a1", "title") == "Quay")
            #expect(try shelf.asides() == ["a2 after-cut", "a3 after-cut"])
            #expect(try shelf.book().roster.devices.filter(\.isCut).map(\.callSign) == ["A"])
        }
    }

    @Test func `a log that a cut does not list is cut at nothing`() throws {
        var story = Scenario("ab")
        story.write("a1 thing: title=Quay", "b1 thing: title=Two")
        story.cut("a", at: [], by: "f")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.reads("a1", "title") == "not held")
            #expect(try shelf.reads("b1", "title") == "Two")
        }
    }

    @Test func `a cut without a reason is no cut`() throws {
        var story = Scenario("a")
        story.write("a1 thing: title=Quay")
        let key = Scenario.device("a").key.publicKey
        let cut = RosterEvent.cut(key, at: [], reason: "").event
        var changes = try #require(cut.changes)
        changes["reason"] = nil
        story.append("f", cut.type, .none, changes, [])
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.reads("a1", "title") == "Quay")
            #expect(try shelf.book().roster.devices.allSatisfy { $0.isCut == false })
        }
    }

    @Test func `of several cuts the lowest counts`() throws {
        var story = Scenario("a", coordinators: "k")
        story.write("a1 thing: title=One", "a2 a1: title=Two", "a3 a1: title=Three")
        story.cut("a", at: [Spot("a2")], by: "f")
        story.cut("a", at: [Spot("a1")], by: "k")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.reads("a1", "title") == "One")
        }
    }

    @Test func `a cut binds lower ranks only`() throws {
        var story = Scenario("ab", coordinators: "kl")
        story.write("a1 thing: title=Quay", "k1 thing: title=Plan")
        story.cut("f", at: [], by: "k")
        story.cut("k", at: [], by: "l")
        story.cut("b", at: [], by: "a")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.book().roster.devices.allSatisfy { $0.isCut == false })
            #expect(try shelf.reads("k1", "title") == "Plan")
        }
    }

    @Test func `whom a coordinator enrolled after being cut is not enrolled`() throws {
        var story = Scenario("xy", coordinators: "k", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.enrol("x", as: .field, by: "k")
        story.cut("k", at: [Spot("k1")], by: "f")
        story.enrol("y", as: .field, by: "k")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.roster() == ["F lead", "K coordinator", "X field"])
        }
    }

    @Test func `whom a cut coordinator enrolled is enrolled when another does it`() throws {
        var story = Scenario("y", coordinators: "k", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.cut("k", at: [], by: "f")
        story.enrol("y", as: .field, by: "k")
        story.write("y1 thing: title=Quay")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("y1", "title") == "not held")
        story.enrol("y", as: .field, by: "f")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try shelf.reads("y1", "title") == "Quay")
        }
    }

    @Test func `of several enrolments of one device the least role holds, in any order`() throws {
        for roles in [[Role.auditor, .field], [.field, .auditor]] {
            var story = Scenario("y", coordinators: "kl", isEnrolling: false)
            story.enrol("k", as: .coordinator)
            story.enrol("l", as: .coordinator)
            story.enrol("y", as: roles[0], by: "k")
            story.enrol("y", as: roles[1], by: "l")
            try expectEverywhere(story) { (shelf: Shelf) throws in
                #expect(try shelf.roster().last == "Y auditor")
            }
        }
    }

    @Test func `more logs of one device than count are told, with those that are left out`() throws
    {
        var story = Scenario("b")
        let letters = (0..<1_030).compactMap { UnicodeScalar(0x4E00 + $0).map(Character.init) }
        for letter in letters {
            story.begin(letter, of: "b", after: nil)
            story.write("\(letter)1 thing: title=Quay")
        }
        let shelf = try Shelf(story, comparesItself: false)
        try shelf.takeAll()
        let book = try shelf.book()
        let finding = try #require(book.roster.findings.first)
        #expect(finding.matter == .tooManyLogs)
        // The first log of the device, which nobody wrote to, is one of those that count.
        #expect(finding.entries.count == 7)
        #expect(finding.entries.allSatisfy { book.row($0.log).admission == nil })
    }

    private func expectSame(_ left: Shelf, _ right: Shelf) throws {
        let (one, two) = (try left.book(), try right.book())
        let (state, other) = (try one.stateDigest(), try two.stateDigest())
        #expect(state == other)
        #expect(one.readingSeal() == two.readingSeal())
    }
}
