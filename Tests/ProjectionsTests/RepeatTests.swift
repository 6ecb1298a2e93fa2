// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Scenarios
import Testing

/// What a device wrote down again in another log is one act with what it repeats, wherever both
/// are held.
@Suite struct RepeatTests {
    /// Log e is a further one of the device of a.
    static func story(_ lines: String...) -> Scenario {
        var story = Scenario("ab", coordinators: "c")
        story.begin("e", after: "a")
        for line in lines { story.write(line) }
        return story
    }

    /// A case with twelve homes and two notes, and one that links to it, all of them twice; others
    /// know only the second.
    private static func whole() -> Scenario {
        story(
            "a1 thing: title=Quay level=medium counts.homes+=12 notes*=one tags+=asb",
            "a2 a1: notes*=two harms*=broken", "a3 thing: title=Dock peers+=a1",
            "e1 thing: title=Quay level=medium counts.homes+=12 notes*=one tags+=asb again=a1",
            "e2 e1: notes*=two harms*=broken again=a2", "e3 thing: title=Dock peers+=e1 again=a3",
            "e4 e3: level=high", "b1[e3] e1: notes!=e2 status=shut tags-=asb",
            "b2 thing: title=Pier peers+=e1,e3", "c1[a3] a1: notes~=a2,three level=low",
            "c2[b2] e3: tags+=vc")
    }

    @Test func `a record that was recorded again is one, and so is what it counts`() throws {
        let shelf = try Shelf(RepeatTests.whole())
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "counts") == "homes=12")
        #expect(try shelf.reads("a1", "title") == "Quay")
        #expect(try shelf.record("e1") == nil)
        #expect(try shelf.record("e3") == nil)
        #expect(try shelf.book().list(RecordFilter()).records.count == 3)
    }

    @Test func `links by anyone to what was recorded again mean what it repeats`() throws {
        let shelf = try Shelf(RepeatTests.whole())
        try shelf.takeAll()
        #expect(try shelf.reads("a3", "peers") == "a1")
        #expect(try shelf.reads("b2", "peers") == "a1 a3")
        #expect(try shelf.reads("a3", "tags") == "vc")
        #expect(try shelf.reads("a3", "level") == "high")
        // b voided it by one name, c put it right by the other.
        #expect(try shelf.reads("a1", "notes") == "1, disputed 1")
    }

    @Test func `who has seen a repeat has seen what it repeats`() throws {
        let shelf = try Shelf(RepeatTests.whole())
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "tags") == "")
        #expect(try shelf.findings("a1") == [])
        // One who had seen the first of the two alone.
        let blind = RepeatTests.story(
            "a1 thing: title=Quay tags+=asb", "a2 a1: harms*=broken",
            "e1 thing: title=Quay tags+=asb again=a1", "e2 e1: harms*=broken again=a2",
            "b1[e1] e1: status=shut tags-=asb")
        let other = try Shelf(blind)
        try other.takeAll()
        #expect(try other.reads("a1", "tags") == "")
        #expect(try other.findings("a1") == ["shutting-disputed"])
    }

    @Test func `both references lead to the record, and it is shown under the first`() throws {
        let shelf = try Shelf(RepeatTests.whole())
        try shelf.takeAll()
        let book = try shelf.book()
        let place = try shelf.place(Spot("a1"))
        let other = try shelf.place(Spot("e1"))
        #expect(try book.find(try book.reference(place)) == place)
        #expect(try book.find(try book.reference(other)) == place)
        #expect(try book.reference(place) != book.reference(other))
        #expect(try book.entry(other)?.again == place)
        #expect(try book.entry(other)?.record == place)
        #expect(
            try book.parts(of: place).map { shelf.spot($0.entry) } == [
                Spot("a1"), Spot("a2"), Spot("a2"),
            ])
    }

    @Test(arguments: [["f", "c"], ["f"]] as [[Character]])
    func `in every order of arrival the index is as made anew, and the end is one`(
        first: [Character]
    ) throws {
        let segments = ["a1", "a3", "e1", "e4", "b2"]
        let digests = try expectAsRebuilt(RepeatTests.whole(), holding: first, segments) {
            #expect($0.isRebuilt == false)
        }
        #expect(digests.count == 1)
    }

    /// Takes segments in in all orders. Gives the digests at the end, where all is held.
    private func expectAsRebuilt(
        _ story: Scenario, holding first: [Character], _ segments: [String],
        _ check: (UpdateSummary) -> Void = { _ in }
    ) throws -> Set<Digest> {
        var digests: Set<Digest> = []
        var compared: Set<[Spot]> = []
        for order in orders(segments.map { Spot($0) }) {
            let shelf = try Shelf(story, comparesItself: false)
            for name in first { try shelf.take([story.last(name)]) }
            for (index, spot) in order.enumerated() {
                check(try shelf.take([spot]))
                if compared.insert(Array(order[...index])).inserted { try shelf.compare() }
            }
            try shelf.takeAll()
            digests.insert(try shelf.digest())
        }
        return digests
    }

    @Test func `an entry whose original is not held counts by itself`() throws {
        let story = RepeatTests.whole()
        let shelf = try Shelf(story, takingIn: ["f", "e", "b"])
        #expect(try shelf.reads("e1", "counts") == "homes=12")
        #expect(try shelf.reads("e1", "notes") == "1, void 1")
        try shelf.take("a2")
        #expect(try shelf.reads("a1", "counts") == "homes=12")
        #expect(try shelf.reads("e3", "title") == "Dock")
        #expect(try shelf.reads("e3", "peers") == "a1")
    }

    @Test func `an entry whose original does not count stands for it`() throws {
        var story = RepeatTests.whole()
        story.cut("a", at: [Spot("a1"), Spot("e4")], by: "f")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "counts") == "homes=12")
        // c wrote of the second note by the name that is cut, and means the one that counts.
        #expect(try shelf.reads("a1", "notes") == "1, disputed 1")
        #expect(try shelf.reads("e3", "title") == "Dock")
    }

    @Test func `what another device wrote is not repeated by naming it`() throws {
        let story = RepeatTests.story(
            "a1 thing: title=Quay counts.homes+=12",
            "b1[a1] thing: title=Quay counts.homes+=12 again=a1")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("b1", "counts") == "homes=12")
    }

    @Test func `what is of another type, of the own log, or of no record is not repeated`() throws {
        let story = RepeatTests.story(
            "a1 thing: title=Quay", "a2 a1: notes*=one", "a3 -",
            "e1[a3] a1: notes*=one again=a1", "e2 a1: notes*=two again=e1",
            "e3 a1: notes*=three again=a3", "e4 a1: notes*=four again=e1")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "notes") == "5")
    }

    @Test func `what repeats a repeat names what that repeats, or counts by itself`() throws {
        var story = RepeatTests.story(
            "a1 thing: title=Quay", "a2 a1: counts.homes+=12",
            "e1[a2] a1: counts.homes+=12 again=a2")
        story.begin("g", of: "a", after: nil)
        story.write(
            "g1[a2] a1: counts.homes+=12 again=a2", "g2 a1: counts.homes+=12 again=e1",
            "b1[g1] a1: level=high")
        for order in orders(["a2", "e1", "g2", "b1"].map { Spot($0) }) {
            let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1")])
            for spot in order {
                try shelf.take([spot])
                try shelf.compare()
            }
            #expect(try shelf.reads("a1", "counts") == "homes=24")
        }
    }

    @Test func `of those that repeat what is not held the first stands for it`() throws {
        var story = RepeatTests.story("a1 thing: title=Quay", "a2 a1: counts.homes+=12")
        story.begin("g", of: "a", after: Spot("a1"))
        story.write(
            "e1[a1] a1: counts.homes+=12 again=a2", "g1[a1] a1: counts.homes+=12 again=a2",
            "b1[e1] thing: title=Dock peers+=e1,g1", "c1[g1] a1: level=high")
        for order in orders(["a2", "e1", "g1", "b1", "c1"].map { Spot($0) }) {
            let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1")])
            for spot in order {
                try shelf.take([spot])
                try shelf.compare()
                let counts = try shelf.reads("a1", "counts")
                let isThere =
                    Set(shelf.held.keys).intersection("eg").isEmpty == false
                    || shelf.held["a"] == 2
                #expect(counts == (isThere ? "homes=12" : "-"))
            }
            #expect(try shelf.reads("b1", "peers") == "a2")
        }
    }

    @Test func `of those that repeat what does not count the first stands for it`() throws {
        var story = RepeatTests.story("a1 thing: title=Quay", "a2 a1: counts.homes+=12")
        story.begin("g", of: "a", after: Spot("a1"))
        story.write(
            "e1[a1] a1: counts.homes+=12 again=a2", "g1[a1] a1: counts.homes+=12 again=a2")
        story.cut("a", at: [Spot("a1"), Spot("e1"), Spot("g1")], by: "f")
        for order in orders(["a2", "e1", "g1"].map { Spot($0) }) {
            let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1")])
            for spot in order {
                try shelf.take([spot])
                try shelf.compare()
            }
            #expect(try shelf.reads("a1", "counts") == "homes=12")
        }
    }

    /// What `A-2` leads to for one who holds a1 and the log g, whose entry repeats a2.
    private func former(
        of device: Character, claiming seq: UInt64? = nil
    ) throws -> String? {
        var story = RepeatTests.story("a1 thing: title=Quay", "a2 thing: title=Dock")
        story.begin("g", of: device, after: Spot("a1"), claiming: seq)
        story.write("g1 thing: title=Pier again=a2")
        let shelf = try Shelf(story, holding: [story.last("f"), Spot("a1"), Spot("g1")])
        try shelf.compare()
        let book = try shelf.book()
        do { return try book.summary(book.find("A-2"))?.title } catch is Rejection { return nil }
    }

    @Test func `a former name is one of the device's own, where its log ended`() throws {
        #expect(try former(of: "a") == "Pier")
        #expect(try former(of: "b") == nil)
        for seq in [2, 3, 1 << 40, 1 << 63, UInt64.max] {
            #expect(try former(of: "a", claiming: seq) == nil, "\(seq)")
            #expect(try former(of: "b", claiming: seq) == nil, "\(seq)")
        }
    }

    @Test func `what comes and is none of theirs is repeated by nobody`() throws {
        var story = RepeatTests.story("a1 thing: title=Quay", "b1[a1] a1: counts.homes+=12")
        story.begin("g", of: "a", after: Spot("a1"))
        story.write(
            "e1[a1] a1: counts.homes+=12 again=b1", "g1[a1] a1: counts.homes+=12 again=b1",
            "e2[a1] thing: title=Dock peers+=g1 again=b1", "g2 thing: peers+=g1 again=b1",
            "c1[e2,g2] thing: title=Pier peers+=e1,g1,e2,g2")
        let digests = try expectAsRebuilt(story, holding: ["f", "a"], ["b1", "e2", "g2", "c1"]) {
            #expect($0.isRebuilt == false)
        }
        #expect(digests.count == 1)
        let shelf = try Shelf(story)
        try shelf.takeAll()
        // That of b, and that of which both of a's logs say that it is b's.
        #expect(try shelf.reads("a1", "counts") == "homes=24")
    }

    @Test func `two histories of the new log each repeat what they name`() throws {
        var story = RepeatTests.story("a1 thing: title=Quay", "a2 a1: counts.homes+=5")
        story.fork("a", after: 1, as: "x")
        story.write("x2 x1: counts.homes+=12", "e1[x2] a1: counts.homes+=12 again=x2")
        story.fork("e", after: 0, as: "y")
        story.write("y1[a2] a1: counts.homes+=5 again=a2", "b1[e1] a1: level=high")
        let digests = try expectAsRebuilt(
            story, holding: ["f"], ["a2", "x2", "e1", "y1", "b1"])
        #expect(digests.count == 1)
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "counts") == "homes=17")
    }

    @Test func `the past in which the original was not there yet has the repeat`() throws {
        let story = RepeatTests.whole()
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let bounds = try shelf.bounds([story.last("f"), Spot("e4")])
        let past = try shelf.book().past(bounds)
        let place = try shelf.place(Spot("e1"))
        #expect(try past.record(place)?.title == "Quay")
        #expect(try past.entry(place)?.again == nil)
    }

    @Test func `many repeats, of one entry or each of its own, are taken in`() throws {
        let count: UInt64 = 3_000
        var story = RepeatTests.story("a1 thing: title=Quay")
        for seq in 2...count { story.write("a\(seq) a1: counts.homes+=1") }
        for seq in 1..<count {
            let named = seq.isMultiple(of: 2) ? 2 : seq + 1
            story.write("e\(seq) a1: counts.homes+=1 again=a\(named)")
        }
        story.write("b1[e\(count - 1)] a1: level=high")
        let shelf = try Shelf(story, takingIn: ["f", "e", "b", "a"])
        #expect(try shelf.reads("a1", "counts") == "homes=\(count - 1)")
    }
}
