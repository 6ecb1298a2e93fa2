// SPDX-License-Identifier: MIT
import Basics
import Events
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
        _ story: Scenario, harms: String = "1", record: String = "e1"
    ) throws {
        for order in orders(["a", "e", "b"] as [Character]) {
            let shelf = try Shelf(story, holding: [story.last("f"), story.last("c")])
            for name in order {
                try shelf.take([story.last(name)])
                try shelf.compare()
            }
            #expect(try shelf.reads(record, "harms") == harms)
            #expect(try shelf.reads(record, "level") == "high")
            #expect(try shelf.reads(record, "title") == "Quay")
        }
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
}
