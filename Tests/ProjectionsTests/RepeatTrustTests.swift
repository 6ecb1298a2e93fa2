// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Scenarios
import Testing

/// Nobody keeps an entry back that is set aside or waits, has others see one that says the same and
/// counts, and takes it from them by what was kept back: log a, of whose device log e is a further
/// one.
@Suite struct RepeatTrustTests {
    /// What the record of e1 reads before log a came is what it reads after, in all orders.
    private func expectNothingIsTaken(
        _ story: Scenario, harms: String = "1"
    ) throws {
        for order in orders(["a", "e", "b"] as [Character]) {
            let shelf = try Shelf(story, holding: [story.last("f"), story.last("c")])
            for name in order {
                try shelf.take([story.last(name)])
                try shelf.compare()
            }
            let found = try RepeatTrustTests.quay(on: shelf)
            #expect(try shelf.reads(found, "harms") == harms)
            #expect(try shelf.reads(found, "level") == "high")
        }
    }

    /// The one record of that title on which others wrote.
    private static func quay(on shelf: Shelf) throws -> String {
        let found = try shelf.book().list(RecordFilter()).records
            .filter { $0.title == "Quay" }.map { shelf.spot($0.place).description }
            .filter { try shelf.reads($0, "harms") != "-" }
        #expect(found.count == 1)
        return try #require(found.first)
    }

    @Test func `an original that says what it repeats in an odd form`() throws {
        try expectNothingIsTaken(
            RepeatTests.story(
                "a1 thing: title=Quay again=?", "e1 thing: title=Quay again=a1",
                "b1[e1] e1: harms*=broken level=high"))
    }

    @Test func `an original by one who might not write it then`() throws {
        var story = Scenario("b", coordinators: "c", auditors: "a")
        story.write("a1 thing: title=Quay")
        story.enrol("a", as: .field, replacing: [Spot("f4")])
        story.write("a2[f5] a1: tags+=asb")
        story.begin("e", after: "a")
        story.write(
            "e1[f5] thing: title=Quay again=a1", "e2 e1: tags+=asb again=a2",
            "b1[e2] e1: harms*=broken level=high")
        try expectNothingIsTaken(story)
    }

    @Test func `an original that names other things`() throws {
        try expectNothingIsTaken(
            RepeatTests.story(
                "a1 -", "a2 thing: title=Quay peers+=a1", "b1 thing: title=Dock",
                "e1[b1] thing: title=Quay peers+=b1 again=a2", "b2[e1] e1: harms*=broken level=high"
            ))
    }

    @Test func `an original about what another one only names`() throws {
        let story = RepeatTests.story(
            "a1 -", "a2 a1: harms*=broken", "e1 thing: title=Quay again=a1",
            "e2 e1: harms*=broken again=a2", "b1[e2] e1: harms~=e2,worse level=high")
        try expectNothingIsTaken(story)
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let parts = try shelf.book().parts(of: try shelf.place(Spot("e1")))
        #expect(parts.count == 1)
    }

    @Test func `an original that links to what others repeat is one with what repeats it`() throws {
        let shelf = try Shelf(
            RepeatTests.story(
                "a1 thing: title=Lock", "a2 thing: title=Quay peers+=a1", "a3 a2: level=high",
                "e1 thing: title=Lock again=a1", "e2 thing: title=Quay peers+=e1 again=a2",
                "e3 e2: level=high again=a3"))
        try shelf.takeAll()
        #expect(try shelf.record("e2") == nil)
        #expect(try shelf.reads("a2", "peers") == "a1")
    }

    @Test func `a closing of which others saw what was reopened since has not been seen`() throws {
        let story = RepeatTests.story(
            "b1 thing: title=Quay", "a1[b1] b1: status=open", "a2 b1: status=shut",
            "e1[b1] b1: status=shut again=a2", "e2 b1: status=open again=a1",
            "b2[e2] b1: harms*=broken")
        let shelf = try Shelf(story, takingIn: ["f", "e", "b"])
        #expect(try shelf.findings("b1") == [])
        try shelf.take([story.last("a")])
        #expect(try shelf.findings("b1") == ["shutting-disputed"])
    }

    @Test func `nobody has seen an original by a repeat that changes nothing`() throws {
        var story = RepeatTests.story("b1 thing: title=Quay", "a1 -", "e1 -")
        func shut(_ settles: CBORValue, _ again: CBORValue?) -> [String: CBORValue] {
            var said: [String: CBORValue] = [
                "tags": Change.added([.text("asb")]).encoded,
                EntryNote.settles: .array([settles]),
            ]
            said[EntryNote.again] = again
            return said
        }
        let about = EntrySubject.other(story.id(Spot("b1")), branch: nil)
        story.append(
            "a", "thing.changed", about, shut(story.pinned(Spot("e1")).value, nil),
            [Named(Spot("b1"))])
        story.append(
            "e", "thing.changed", about,
            shut(Link(own: 1).value, story.pinned(Spot("a2")).value), [Named(Spot("b1"))])
        story.write("b2[e2] b1: tags-=asb")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("b1", "tags") == "asb")
    }

    @Test func `two entries that each seem to have seen the other do not both go`() throws {
        var story = Scenario("bc", vocabulary: .current)
        story.write("c1 case: title=Noise type=noise status=opened")
        // What they say that they repeat is nowhere.
        story.begin("p", of: "b", after: nil)
        story.write("p1[c1] c1: risk=high")
        story.write("b1[c1] c1: risk=high again=p1", "c2[b1] c1: risk=high")
        for letter: Character in ["q", "r", "s", "t", "u", "v"] {
            story.begin(letter, of: "b", after: nil)
            story.write("\(letter)1[c2] c1: risk=high again=p1")
        }
        for order in [story.names, story.names.reversed()] {
            let shelf = try Shelf(story, takingIn: order.filter { $0 != "p" })
            #expect(try shelf.reads("c1", "risk").hasPrefix("high"))
        }
    }

    @Test func `an original that waits for what only its repeat's log had named`() throws {
        var story = RepeatTests.story("b1 thing: title=Dock", "a1 -")
        let dock = story.id(Spot("b1"))
        let quay: [String: CBORValue] = [
            "title": .text("Quay"), "peers": Change.added([Link(dock).value]).encoded,
        ]
        story.append("a", "thing.opened", .creates, quay, [])
        story.append(
            "e", "thing.opened", .creates,
            quay.merging([EntryNote.again: story.pinned(Spot("a2")).value]) { $1 },
            [Named(Spot("b1"))])
        story.write("b2[e1] e1: harms*=broken level=high")
        try expectNothingIsTaken(story)
    }

    @Test func `an original about a record that only its repeat's log had named`() throws {
        var story = RepeatTests.story("b1 thing: title=Quay", "a1 -")
        let said: [String: CBORValue] = [
            "harms": Change.parts([.added(.text("loud"))]).encoded
        ]
        let about = EntrySubject.other(story.id(Spot("b1")), branch: nil)
        story.append("a", "thing.changed", about, said, [])
        story.append(
            "e", "thing.changed", about,
            said.merging([EntryNote.again: story.pinned(Spot("a2")).value]) { $1 },
            [Named(Spot("b1"))])
        story.write("b2[e1] b1: harms~=e1,knife level=high")
        try expectNothingIsTaken(story)
    }

    @Test func `an original that says in an odd form what it settles`() throws {
        var story = RepeatTests.story("a1 -")
        func quay(_ settles: CBORValue) -> [String: CBORValue] {
            ["title": .text("Quay"), EntryNote.settles: .array([settles])]
        }
        story.append("a", "thing.opened", .creates, quay(Link(own: 1).value), [])
        var again = quay(story.pinned(Spot("a1")).value)
        again[EntryNote.again] = story.pinned(Spot("a2")).value
        story.append("e", "thing.opened", .creates, again, [])
        story.write("b1[e1] e1: harms*=broken level=high")
        try expectNothingIsTaken(story)
    }

    @Test func `an original on another record than its repeat, of which both say one thing`() throws
    {
        // What both of them repeat says something else, so that they are one by what they say.
        let story = RepeatTests.story(
            "a1 thing: title=Pier", "a2 thing: title=Quay again=a1", "a3 a2: harms*=loud",
            "e1 thing: title=Quay again=a1", "e2 e1: harms*=loud again=a3",
            "b1[e2] e1: harms~=e2,knife level=high")
        let shelf = try Shelf(story)
        for name in ["f", "e", "b", "a"] as [Character] { try shelf.take([story.last(name)]) }
        let spot = try RepeatTrustTests.quay(on: shelf)
        #expect(try shelf.reads(spot, "harms") == "1")
        #expect(try shelf.reads(spot, "level") == "high")
    }

    @Test func `what stands for an entry that is nowhere stays when that comes and differs`() throws
    {
        var story = RepeatTests.story("a1 thing: title=Dock", "e1 thing: title=Quay again=a1")
        for letter: Character in ["g", "h", "i", "j", "k", "l", "m", "n", "o", "p"] {
            story.begin(letter, of: "a", after: nil)
            story.write("\(letter)1 thing: title=Quay again=a1")
        }
        story.write("b1[e1] e1: harms*=broken level=high", "c1[p1,b1] p1: tags+=asb")
        let shelf = try Shelf(story, takingIn: ["f", "b", "c"])
        for name in ["e", "p", "a", "o", "n", "m", "l", "k", "j", "i", "h", "g"] as [Character] {
            try shelf.take([story.last(name)])
            try shelf.compare()
            guard name != "e" else { continue }
            let record = try #require(
                try shelf.book().list(RecordFilter()).records.first { $0.title == "Quay" })
            let spot = shelf.spot(record.place).description
            #expect(try shelf.reads(spot, "harms") == "1", "\(name)")
            #expect(try shelf.reads(spot, "tags") == "asb", "\(name)")
        }
    }

    @Test func `what was written on an original that comes to wait goes on standing`() throws {
        var story = RepeatTests.story("b1 thing: title=Dock")
        let dock = Link(story.id(Spot("b1")))
        story.fork("b", after: 0, as: "x")
        story.write("x1 thing: title=Pier")
        let quay: [String: CBORValue] = [
            "title": .text("Quay"), "peers": Change.added([dock.value]).encoded,
        ]
        // Of a base that names both it is never known which of them the link means.
        story.append(
            "a", "thing.opened", .creates, quay, [Named(Spot("b1")), Named(Spot("x1"))])
        story.append(
            "e", "thing.opened", .creates,
            quay.merging([EntryNote.again: story.pinned(Spot("a1")).value]) { $1 },
            [Named(Spot("b1"))])
        story.write(
            "b2[e1] e1: harms*=broken level=high", "c1[a1,b2] a1: tags+=asb")
        let shelf = try Shelf(story, takingIn: ["f", "a", "e", "b", "c"])
        #expect(try shelf.reads("a1", "tags") == "asb")
        #expect(try shelf.reads("a1", "harms") == "1")
        try shelf.takeAll()
        try shelf.compare()
        #expect(try shelf.reads("a1", "tags") == "asb")
        #expect(try shelf.reads("a1", "harms") == "1")
    }

    @Test func `a repeat of a device that is not let in is asked again once its record is known`()
        throws
    {
        var story = RepeatTests.story("b1 thing: title=Quay", "b2 b1: notes*=loud")
        // Both logs are of a key that nobody let in; the base names what comes last.
        story.begin("u", of: "u", after: nil)
        story.begin("v", of: "u", after: nil)
        let quay = story.pinned(Spot("b1"))
        story.append(
            "u", "thing.changed",
            .other(EntryID(log: quay.log, seq: quay.seq, branch: nil), branch: nil),
            ["tags": Change.added([.text("asb")]).encoded], [Named(Spot("b2"))])
        story.append(
            "v", "thing.changed", .other(story.id(Spot("b1")), branch: quay.chain),
            [
                "tags": Change.added([.text("asb")]).encoded,
                EntryNote.again: story.pinned(Spot("u1")).value,
            ], [])
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("b1")])
        try shelf.take([story.last("u"), story.last("v")])
        try shelf.take([story.last("b")])
        #expect(throws: Never.self) { try shelf.compare() }
    }

    @Test func `what others saw as two does not become one`() throws {
        var story = RepeatTests.story("b1 thing: title=Quay", "a1[b1] b1: harms*=loud")
        // What comes last says of itself that it repeats the first, and is repeated by the second.
        story.begin("p", of: "a", after: nil)
        story.write(
            "p1[b1] b1: harms*=loud again=a1", "e1[b1] b1: harms*=loud again=p1",
            "b2[e1,a1] b1: harms~=e1,knife", "c1[e1,a1,b2] b1: harms!=a1")
        for order in orders(["a", "e", "p"] as [Character]) {
            let shelf = try Shelf(story, holding: [story.last("f")])
            for name in order + ["b", "c"] {
                try shelf.take([story.last(name)])
                try shelf.compare()
            }
            #expect(try shelf.reads("b1", "harms") == "1, void 1")
        }
    }

    @Test func `an original without its text is one with its repeat from the start`() throws {
        var story = RepeatTests.story()
        story.append(
            "a", "thing.opened", .creates, ["title": .text("Quay")], [], with: .absentBody)
        story.write(
            "e1 thing: title=Quay again=a1", "b1[e1] e1: harms*=broken level=high",
            "c1[a1,b1] thing: title=Pier")
        story.append(
            "c", "thing.changed", .other(story.id(Spot("a1")), branch: nil),
            ["tags": Change.added([.text("asb")]).encoded], [])
        let shelf = try Shelf(story, takingIn: ["f", "a", "e", "b", "c"])
        try shelf.compare()
        #expect(try shelf.reads("e1", "tags") == "asb")
        #expect(try shelf.reads("e1", "harms") == "1")
    }
}
