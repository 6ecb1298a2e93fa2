// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
@testable import Projections
import Queries
import Scenarios
import Simulation
import Testing

/// Names of logs and references of records: a word once shown never comes to mean something else.
@Suite struct CallSignTests {
    /// Devices a, b and c, none of which is let in.
    private static func story() -> Scenario { Scenario("abc", isEnrolling: false) }

    @Test func `a call sign given twice is nobody's, and both are shown with a suffix`() throws {
        var story = Self.story()
        story.enrol("a", as: .field, callSign: "W07", from: Spot("a0"))
        story.enrol("b", as: .field, callSign: "w07", from: Spot("b0"))
        story.write("a1 thing: title=Quay", "b1 thing: title=Pier")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            let book = try shelf.book()
            for word in ["W07", "w07", "W07-1", "W07-2"] {
                #expect(throws: Rejection.self) { try book.find(word) }
            }
            for spot in ["a1", "b1"] {
                let place = try shelf.place(Spot(spot))
                let reference = try book.reference(place)
                #expect(reference.dropFirst(3).hasPrefix("~"))
                #expect(try book.find(reference) == place)
                #expect(try book.find(reference.uppercased()) == place)
            }
            #expect(try shelf.rosterFindings().map { $0.prefix(17) } == ["call-sign-shared "])
        }
    }

    @Test func `logs that follow each other have letters, all others suffixes of their ids`() throws
    {
        var story = Self.story()
        story.enrol("a", as: .field, callSign: "W02", from: Spot("a0"))
        story.write("a1 thing: title=One")
        story.begin("p", of: "a", after: Spot("a1"))
        story.write("p1 thing: title=Two")
        story.begin("q", of: "a", after: Spot("p1"))
        story.write("q1 thing: title=Three")
        story.begin("r", of: "a", after: nil)
        story.write("r1 thing: title=Root")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            let signs = try "apqr".map { try Self.sign($0, shelf) }
            #expect(signs[..<3] == ["W02", "W02b", "W02c"])
            #expect(signs[3] == "W02~" + Self.digits("r", story).prefix(2))
        }
        story.begin("s", of: "a", after: Spot("a1"))
        story.write("s1 thing: title=Other")
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(try Self.sign("a", shelf) == "W02")
            #expect(try Self.sign("q", shelf) == "W02c")
            for letter: Character in ["p", "s"] {
                #expect(
                    try Self.sign(letter, shelf) == "W02~" + Self.digits(letter, story).prefix(2))
            }
            #expect(throws: Rejection.self) { try shelf.book().find("W02b-1") }
        }
    }

    @Test func `a call sign that is no word is shown as none`() throws {
        for sign in ["", "W 7", "W~7", "new", "W#1", "é", "W\u{202e}7", "ABCDEFGHIJKLM"] {
            var story = Self.story()
            story.enrol("a", as: .field, callSign: sign, from: Spot("a0"))
            story.write("a1 thing: title=Quay")
            let shelf = try Shelf(story)
            try shelf.takeAll()
            let place = try shelf.place(Spot("a1"))
            let reference = try shelf.book().reference(place)
            #expect(reference == "X~\(Self.digits("a", story).prefix(2))-1", "\(sign)")
            #expect(try shelf.book().find(reference) == place)
        }
    }

    @Test func `what a device was called once means it still, and nothing else ever`() throws {
        var story = Self.story()
        story.enrol("a", as: .field, callSign: "W01", from: Spot("a0"))
        story.write("a1 thing: title=Quay", "b1 thing: title=Pier")
        story.enrol(
            "a", as: .field, callSign: "W05", replacing: [story.last("f")], from: Spot("a0"))
        try expectEverywhere(story) { (shelf: Shelf) throws in
            let place = try shelf.place(Spot("a1"))
            #expect(try shelf.book().reference(place) == "W05-1")
            for word in ["W05-1", "W01-1"] { #expect(try shelf.book().find(word) == place) }
        }
        story.enrol("b", as: .field, callSign: "W01", from: Spot("b0"))
        try expectEverywhere(story) { (shelf: Shelf) throws in
            #expect(throws: Rejection.self) { try shelf.book().find("W01-1") }
            #expect(try shelf.rosterFindings() == [])
        }
    }

    /// Every word that was shown on the way is looked up at every later step.
    @Test func `no word ever comes to mean another record, in any order of arrival`() throws {
        var story = Scenario("abc", coordinators: "k", isEnrolling: false)
        story.enrol("k", as: .coordinator)
        story.enrol("a", as: .field, by: "k", callSign: "W02", from: Spot("a0"))
        story.write("a1 thing: title=One")
        story.begin("p", of: "a", after: Spot("a1"))
        story.begin("s", of: "a", after: Spot("a1"))
        story.write("p1 thing: title=Two", "s1 thing: title=Other")
        story.enrol("b", as: .field, callSign: "w02", from: Spot("b0"))
        story.write("b1 thing: title=Pier")
        story.enrol("c", as: .field, callSign: "W02B", from: Spot("c0"))
        story.write("c1 thing: title=Dock", "c2 thing: title=Ship")
        story.cut("k", at: [Spot("k0")], by: "f")
        let all = orders(story.names)
        for number in stride(from: 0, to: all.count, by: 499) {
            try expectSteady(story, all[number])
        }
    }

    private func expectSteady(_ story: Scenario, _ order: [Character]) throws {
        let shelf = try Shelf(story)
        var meanings: [String: EntryID] = [:]
        // The lead's cut of k, and with it what k let in, comes last of all.
        let end = Spot("f", story.last("f").seq - 1)
        for spot in order.map({ $0 == "f" ? end : story.last($0) }) + [story.last("f")] {
            guard spot.seq > 0 else { continue }
            try shelf.take([spot])
            let book = try shelf.book()
            for record in try book.list(RecordFilter()).records {
                meanings[record.reference] = book.logs.entry(at: record.place)
            }
            for (word, record) in meanings {
                do {
                    let found = book.logs.entry(at: try book.find(word))
                    #expect(found == record, "\(word) in the order \(order)")
                } catch is Rejection {}
            }
        }
        #expect(meanings.count >= 5)
    }

    private static func sign(_ name: Character, _ shelf: Shelf) throws -> String {
        try shelf.book().callSign(of: shelf.place(Spot(name, 1)).log)
    }

    private static func digits(_ name: Character, _ story: Scenario) -> String {
        LogName.digits(of: story.id(Spot(name, 1)).log.bytes)
    }

    @Test func `four thousand logs of one device are named in time that their number asks for`() {
        let device = TestDevice(9)
        var births: [LogID: Birth] = [:]
        var previous: Birth.Previous?
        var ids: [LogID] = []
        for number in 0..<4_000 {
            let birth = device.birth(in: nil, nonce: UInt64(number), after: previous)
            let log = LogIdentity(birth)
            births[log.id] = birth
            ids.append(log.id)
            previous = Birth.Previous(log: log.id, seq: 1, chain: log.origin)
        }
        let nodes = ids.map { LogNames.Node(log: $0) }
        let claim = LogNames.Claim(signs: ["W01"], nodes: nodes, roots: [ids[0]])
        let names = LogNames([claim], births: births)
        #expect(names.depths[ids[3_999]] == 3_999)
        #expect(names.names[nodes[0]]?.shown == "W01")
        #expect(names.names[nodes[25]]?.shown == "W01z")
        #expect(Set(names.names.values.map(\.shown)).count == 4_000)
    }
}
