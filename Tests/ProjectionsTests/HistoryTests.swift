// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Scenarios
import Testing

/// Both histories of a log that has forked are read, in whatever order they came.
@Suite struct HistoryTests {
    /// Log a parts after a2: a3 goes on in one history, x3 in the other. b has seen the one, c the
    /// other, and k both.
    private func story() -> Scenario {
        var story = Scenario("abc", coordinators: "k")
        story.write(
            "a1 -", "a2 thing: title=Quay level=low notes*=one figures.2013|police=1",
            "b1[a2] a2: tags+=early")
        story.fork("a", after: 2, as: "x")
        story.write(
            "a3 a2: level=high notes*=two", "a4 thing: title=Here",
            "x3 a2: title=Pier notes*=three", "x4 thing: title=There", "x5 x4: notes*=own",
            "b2[a4] a2: title=Dock", "b3 a4: title=Nearer",
            "c1[x5] x4: title=Farther notes!=x5", "k1[a4,x5] x4: level=high",
            "k2 a2: notes!=x3")
        return story
    }

    @Test func `both histories are at work, and what they dispute is shown as disputed`() throws {
        let shelf = try Shelf(story())
        try shelf.takeAll()
        #expect(try shelf.reads("a2", "level") == "high")
        #expect(try shelf.reads("a2", "title") == "Dock (b2 Dock | x3 Pier)")
        #expect(try shelf.reads("a2", "notes") == "2, void 1")
        #expect(try shelf.reads("a2", "tags") == "early")
    }

    @Test func `records of one number in two histories are two records`() throws {
        let shelf = try Shelf(story())
        try shelf.takeAll()
        #expect(try shelf.reads("a4", "title") == "Nearer")
        #expect(try shelf.reads("x4", "title") == "Farther")
        #expect(try shelf.reads("x4", "notes") == "0, void 1")
        #expect(try shelf.reads("a4", "level") == "-")
        #expect(try shelf.waiting() == [])
        #expect(try shelf.asides() == [])
    }

    @Test func `every order of arrival gives one state, one reading seal and one rebuild`() throws {
        let story = story()
        let logs: [Character] = ["f", "a", "x", "b", "c", "k"]
        var voices: Set<String> = []
        for order in orders(logs) {
            let shelf = try Shelf(story, takingIn: order)
            voices.insert("\(try shelf.digest()) \(try shelf.book().readingSeal())")
        }
        let whole = try Shelf(story)
        try whole.takeAll()
        voices.insert("\(try whole.digest()) \(try whole.book().readingSeal())")
        _ = try whole.rebuild()
        voices.insert("\(try whole.digest()) \(try whole.book().readingSeal())")
        #expect(voices.count == 1)
    }

    @Test func `every way in which histories grow past their split gives one state`() throws {
        let story = story()
        let whole = try Shelf(story)
        try whole.takeAll()
        let digest = try whole.digest()
        for (first, second) in [("a", "x"), ("x", "a")] as [(Character, Character)] {
            for seq in 1...4 as ClosedRange<UInt64> {
                for other in 1...5 as ClosedRange<UInt64> {
                    let shelf = try Shelf(story)
                    try shelf.take([story.last("f"), Spot(first, min(seq, 4)), story.last("b")])
                    try shelf.take([Spot(second, min(other, story.last(second).seq))])
                    try shelf.takeAll()
                    #expect(try shelf.digest() == digest, "\(first)\(seq) \(second)\(other)")
                }
            }
        }
    }

    @Test func `where a log parts follows from the logs, after a rebuild too`() throws {
        let story = story()
        let shelf = try Shelf(story)
        try shelf.takeAll()
        let split = try #require(try shelf.book().forks().first)
        #expect(split.log == story.id(Spot("a", 1)).log)
        #expect(split.seq == 3)
        #expect(
            Set(split.histories) == [story.chain(Spot("a", 3)), story.chain(Spot("x", 3))])
        _ = try shelf.rebuild()
        #expect(try shelf.book().forks() == [split])
    }

    @Test func `an element that a history adds again stands by its last addition alone`() throws {
        var story = Scenario("abc", coordinators: "k")
        story.write("a1 thing: title=Quay", "a2 a1: tags+=early", "c1[a1] a1: tags+=late")
        story.fork("a", after: 2, as: "x")
        story.write("x3 a1: tags+=early", "b1[x3-2] a1: tags-=early", "k1[x3] a1: tags+=later")
        // The taking out had seen the last addition in the log, and that alone.
        let plain = try Shelf(story)
        try plain.takeAll()
        #expect(try plain.reads("a1", "tags") == "late later")
        story.write("a3 a1: level=low")
        for names in orders([story.last("a"), story.last("x"), story.last("b"), story.last("c")]) {
            let forked = try Shelf(story)
            for name in names { _ = try forked.take([name]) }
            try forked.takeAll()
            #expect(try forked.reads("a1", "tags") == "late later")
        }
    }

    @Test func `an element leads by its first addition, before the log parted too`() throws {
        var story = Scenario("abc", coordinators: "k")
        story.write("a1 thing: title=Quay", "a2 a1: tags+=early", "c1[a1] a1: tags+=late")
        story.fork("a", after: 2, as: "x")
        story.write("x3 a1: tags+=early", "a3 a1: level=low")
        let shelf = try Shelf(story)
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "tags") == "early late")
        story.write("b1[x3] a1: tags-=early", "b2 a1: tags-=nothing")
        let other = try Shelf(story)
        try other.takeAll()
        #expect(try other.reads("a1", "tags") == "late")
    }

    @Test func `a later entry of a history that is in sight says which history a link means`()
        throws
    {
        var story = Scenario("abc", coordinators: "k")
        story.write("a1 thing: title=Mine", "a2 thing: title=Quay", "a3 a2: level=low")
        story.append(
            "b", "thing.amended", .other(story.id(Spot("a2")), branch: nil),
            ["title": .text("Pier")], [Named(Spot("a3"), except: [2...2])])
        story.fork("a", after: 2, as: "x")
        // a2 itself is excepted: that it is meant follows from a3.
        let plain = try Shelf(story)
        try plain.takeAll()
        #expect(try plain.reads("a2", "title").hasPrefix("Pier"))
        story.write("x3 a2: level=high")
        let forked = try Shelf(story)
        try forked.takeAll()
        #expect(try forked.waiting() == [])
        #expect(try forked.reads("a2", "title").hasPrefix("Pier"))
    }

    @Test func `an entry waits whose author names another history than is held`() throws {
        var story = Scenario("abc")
        story.write("a1 thing: title=Mine", "a2 thing: title=Here")
        story.fork("a", after: 1, as: "x")
        story.write("x2 thing: title=There", "b1[x2] x2: notes*=visit")
        let shelf = try Shelf(
            story, holding: [story.last("f"), story.last("a"), story.last("b")])
        #expect(try shelf.reads("a2", "notes") == "-")
        #expect(try shelf.waiting() == ["b1 record"])
        try shelf.takeAll()
        #expect(try shelf.reads("a2", "notes") == "-")
        #expect(try shelf.reads("x2", "notes") == "1")
        #expect(try shelf.waiting() == [])
    }

    @Test func `a link without a history means the one that was named first, and keeps to it`()
        throws
    {
        var story = Scenario("abc")
        story.write("a1 thing: title=Mine", "a2 thing: title=Here", "a3 -")
        let here = story.id(Spot("a2"))
        story.fork("a", after: 1, as: "x")
        story.write("x2 thing: title=There", "x3 -", "b1[a3] -", "b2[x3] -")
        let said: [String: CBORValue] = [
            "notes": Change.parts([.added(.text("Said"))]).encoded
        ]
        story.append("b", "thing.changed", .other(here, branch: nil), said, [])
        for order in orders(["a2", "a3", "x3", "b3"].map { Spot($0) }) {
            let shelf = try Shelf(story, holding: [story.last("f")])
            for spot in order {
                try shelf.take([spot])
                try shelf.compare()
                let isKnown = (shelf.held["a"] ?? 0) == 3 && (shelf.held["b"] ?? 0) == 3
                if (shelf.held["a"] ?? 0) >= 2 {
                    #expect(try shelf.reads("a2", "notes") == (isKnown ? "1" : "-"))
                }
            }
            #expect(try shelf.reads("x2", "notes") == "-")
        }
    }

    @Test func `a link to what is not held is looked at again when its place comes`() throws {
        var story = Scenario("abc")
        story.write("a1 thing: title=Mine", "a2 thing: title=Here")
        story.fork("a", after: 1, as: "x")
        story.write(
            "x2 thing: title=There", "b1[x2] thing: title=Note peers+=x2",
            "c1[a2] thing: title=Word peers+=a2")
        let shelf = try Shelf(
            story, holding: [story.last("f"), story.last("b"), story.last("c")])
        #expect(try shelf.reads("b1", "title") == "Note")
        #expect(try shelf.waiting() == [])
        // What came is another record of that number than b names, which says so and waits not.
        try shelf.take([story.last("a")])
        #expect(try shelf.reads("b1", "title") == "Note")
        #expect(try shelf.reads("b1", "peers") != "a2")
        #expect(try shelf.reads("c1", "peers") == "a2")
        #expect(try shelf.waiting() == [])
        try shelf.takeAll()
        #expect(try shelf.reads("b1", "peers") == "x2")
        #expect(try shelf.reads("c1", "peers") == "a2")
        #expect(try shelf.waiting() == [])
    }

    @Test func `what a log was called it is called when another history comes`() throws {
        let story = story()
        let shelf = try Shelf(story)
        try shelf.take([story.last("f"), story.last("a"), story.last("b")])
        let before = try shelf.book().callSign(of: shelf.place(Spot("a1")).log)
        #expect(before == "A")
        try shelf.takeAll()
        let book = try shelf.book()
        #expect(book.callSign(of: try shelf.place(Spot("a1")).log) == "A")
        for spot in [Spot("a3"), Spot("x3")] {
            let sign = book.callSign(of: try shelf.place(spot).log)
            #expect(sign.hasPrefix("A~"))
            #expect(try book.findEntry("\(sign)#3") == (try shelf.place(spot)))
            #expect(try book.findEntry("\(sign)#2") == (try shelf.place(Spot("a2"))))
        }
        #expect(book.callSign(of: try shelf.place(Spot("b1")).log) == "B")
    }

    @Test func `more histories than eight leave only what comes before the first split`() throws {
        var story = Scenario("ab")
        story.write("a1 thing: title=Quay", "a2 a1: title=One")
        let letters: [Character] = ["p", "q", "r", "s", "t", "u", "v", "w"]
        for letter in letters { story.fork("a", after: 1, as: letter) }
        for letter in letters { story.write("\(letter)2 a1: title=\(letter)") }
        story.write("a3 thing: title=Pier", "b1[a3] a1: notes*=Two", "b2 a3: harms*=Knife")
        let shelf = try Shelf(story)
        try shelf.take(
            [story.last("f"), story.last("a")] + letters.dropLast().map { story.last($0) })
        #expect(try shelf.reads("a1", "title").contains("("))
        try shelf.takeAll()
        #expect(try shelf.reads("a1", "title") == "Quay")
        #expect(try shelf.book().forks().map(\.isTooMany) == [true])
        // What somebody recorded about what counts no more is in no list: it is named here.
        #expect(try shelf.book().forks()[0].waiting == [shelf.place(Spot("b2"))])
        // Who had seen what no longer counts is not at fault, and the index keeps up.
        let check = try Verification(of: shelf.sources, shelf.store)
        #expect(check.contradictions.isEmpty && check.missing.isEmpty && check.isClean)
        #expect(try Updater.isBehind(shelf.store.logRows(), shelf.sources) == false)
    }
}
