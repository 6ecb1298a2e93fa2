// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Testing

/// Whichever verb settles something: it takes the right to and a reason, and its entry names what
/// it settles.
@Suite struct SettlementTests {
    /// A case whose risk a and b had set apart, and that a had closed before b's harm was seen.
    private func disputed() throws -> Circle {
        let circle = try Circle("a", "b")
        try circle.tell(
            "k", "case open", ["title": "Noise", "type": "noise", "risk": "low"])
        try circle.meet()
        try circle.tell("a", "case close", on: "K-1", ["outcome": "resolved"])
        try circle.tell("b", "case incident", on: "K-1", ["incidents": "Window broken"])
        try circle.tell("a", "case risk", on: "K-1", ["risk": "medium"])
        try circle.tell("b", "case risk", on: "K-1", ["risk": "high"])
        try circle.meet()
        return circle
    }

    private func entries(_ circle: Circle, _ name: String) -> UInt64 {
        let book = circle[name].book
        return book.rows.compactMap { $0.position?.tip.seq }.reduce(0, +)
    }

    private func named(_ circle: Circle, _ name: String, _ entry: EntryRef) throws -> [PinnedEntry]
    {
        let report = try #require(try circle[name].book.entry(entry))
        return EntryNotes(report.changes ?? [:]).settles
    }

    @Test func `an ordinary verb that settles asks why, and writes nothing before it is told`()
        throws
    {
        let circle = try disputed()
        let before = entries(circle, "k")
        #expect(throws: Rejection.self) {
            try circle.tell("k", "case risk", on: "K-1", ["risk": "medium"])
        }
        #expect(entries(circle, "k") == before)
        let places = try circle.tell(
            "k", "case risk", on: "K-1", ["risk": "medium"], reason: "Seen on Friday")
        let named = try named(circle, "k", try #require(places.first))
        let sides = try circle["k"].book.entries(of: try circle.record("k", "K-1").place)
            .filter { $0.changes?["risk"] != nil && $0.place.log != places[0].log }
        #expect(Set(named.map(\.seq)).isSuperset(of: sides.map(\.place.seq)))
        for pin in named {
            let place = try #require(circle["k"].book.logs.place(of: pin.entry))
            #expect(try circle["k"].book.chain(place) == pin.chain)
        }
        try circle.meet()
        for name in ["a", "b", "k"] {
            #expect(try circle.shown(name, "K-1", "risk") == "medium")
            #expect(try circle.record(name, "K-1").conflicts(on: "risk").isEmpty)
        }
    }

    @Test(arguments: ["case close", "case set"])
    func `field staff do not close over harm, with whatever verb`(_ verb: String) throws {
        let circle = try disputed()
        let before = entries(circle, "b")
        let values = verb == "case set" ? ["status": "closed"] : ["outcome": "resolved"]
        for reason in [nil, "It is done"] {
            #expect(throws: Rejection.self) {
                try circle.tell("b", verb, on: "K-1", values, reason: reason)
            }
        }
        #expect(throws: Rejection.self) { try circle.settle("b", "K-1", "status", to: "closed") }
        #expect(entries(circle, "b") == before)
        #expect(try circle.record("b", "K-1").status == "open, closure disputed")
        try circle.tell("k", verb, on: "K-1", values, reason: "Panel of Friday")
        #expect(try circle.record("k", "K-1").isOpen == false)
    }

    @Test func `field staff take the protective side of a closing in dispute`() throws {
        let circle = try disputed()
        try circle.settle("b", "K-1", "status", to: "active")
        try circle.meet()
        for name in ["a", "b", "k"] {
            #expect(try circle.record(name, "K-1").status == "active")
            #expect(try circle.record(name, "K-1").findings.isEmpty)
        }
    }

    @Test
    func `who eases the risk or voids the harm is asked why, since a closing comes into force`()
        throws
    {
        let circle = try disputed()
        let book = circle["b"].book
        let part = try #require(try book.parts(of: circle.record("b", "K-1").place).first)
        let values = ["incidents": book.entryName(part.entry)]
        try circle.tell("b", "case void", on: "K-1", values, reason: "Wrong street")
        // The risk that nobody had eased is harm as well.
        #expect(try circle.record("b", "K-1").status == "open, closure disputed")
        try circle.meet()
        #expect(throws: Rejection.self) {
            try circle.tell("k", "case risk", on: "K-1", ["risk": "low"])
        }
        let places = try circle.tell(
            "k", "case risk", on: "K-1", ["risk": "low"], reason: "Nobody was hurt")
        #expect(try circle.record("k", "K-1").status == "closed")
        #expect(try named(circle, "k", places[0]).count >= 3)
    }

    @Test func `a settlement settles, or is refused and says what is missing`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise", "risk": "low"])
        try circle.meet()
        // b writes on a record that k never gets, then on one that k has.
        try circle.tell("a", "case open", ["title": "Second", "type": "noise"])
        try circle.sync("a")
        try circle.sync("b")
        try circle.tell("b", "case visit", on: "A-2", ["visits": "Nobody in"])
        try circle.tell("b", "case risk", on: "A-1", ["risk": "medium"])
        try circle.sync("b")
        try circle.tell("k", "case risk", on: "A-1", ["risk": "high"])
        let own = circle["b"].device.log
        let report = try circle["k"].merge(from: "\(Circle.folder("b"))/logs/\(own.hex).log")
        #expect(report.newEntries > 0)
        #expect(try circle.record("k", "A-1").conflicts(on: "risk").count == 1)
        let before = entries(circle, "k")
        do {
            try circle.settle("k", "A-1", "risk", to: "high")
            #expect(try circle.record("k", "A-1").conflicts(on: "risk").isEmpty)
            try circle.meet()
            #expect(try circle.record("b", "A-1").conflicts(on: "risk").isEmpty)
        } catch let refusal as Rejection {
            #expect(entries(circle, "k") == before)
            #expect(refusal.sentence.contains("waits for a record that is not here"))
        }
    }

    @Test func `a keyed field, a part and a cleared field are settled by name`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("k", "campaign start", ["title": "Marking"])
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        let visit = try circle.tell("k", "case visit", on: "K-2", ["visits": "One"])
        let name = circle["k"].book.entryName(try #require(visit.first))
        try circle.meet()
        for (device, ward) in [("a", "Dane"), ("b", "Pier")] {
            try circle.tell(device, "case set", on: "K-2", ["ward": ward])
        }
        try circle.tell(
            "a", "case void", on: "K-2", ["visits": name], reason: "Not there")
        try circle.tell(
            "b", "case correct", on: "K-2", ["visits": "\(name) Two"], reason: "There twice")
        try circle.tell("a", "campaign read", on: "K-1", ["readings": "2013/14|police=811"])
        try circle.tell("b", "campaign read", on: "K-1", ["readings": "2013/14|police=813"])
        try circle.meet()
        #expect(throws: Rejection.self) { try circle.settle("k", "K-1", "readings", to: "811") }
        try circle.settle("k", "K-1", "readings", key: "2013/14|police", to: "811")
        #expect(try circle.record("k", "K-1").conflicts.isEmpty)
        let part = try #require(try circle.record("k", "K-2").conflicts(on: "visits").first)
        #expect(part.sides.map(\.value.isNull).sorted { $0 && !$1 } == [true, false])
        try circle.settle("k", "K-2", "visits", key: name, to: "Twice, on Friday")
        try circle.settle("k", "K-2", "ward", to: "Dane")
        #expect(try circle.record("k", "K-2").conflicts.isEmpty)
        try circle.meet()
        #expect(try circle.record("b", "K-2").conflicts.isEmpty)
        #expect(try circle.voices() == 1)
    }
}
