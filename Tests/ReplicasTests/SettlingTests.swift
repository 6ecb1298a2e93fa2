// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
import Replicas
import Testing

/// A conflict goes when someone who has seen all its sides settles it, and not before.
@Suite struct SettlingTests {
    @Test func `who says a level that stands outweighs who eases it out of their sight`() throws {
        let circle = try Circle("a")
        try circle.tell(
            "a", "case open", ["title": "Noise", "type": "noise", "risk": "high"])
        try circle.meet()
        try circle.tell("k", "case risk", on: "A-1", ["risk": "low"], reason: "Quiet since")
        try circle.tell("a", "case risk", on: "A-1", ["risk": "high"], reason: "A knife again")
        try circle.meet()
        for name in ["k", "a"] {
            #expect(try circle.shown(name, "A-1", "risk") == "high")
            #expect(try circle.record(name, "A-1").conflicts.map(\.field.name) == ["risk"])
        }
    }

    struct Clash: Sendable, CustomTestStringConvertible {
        let rule: String
        let field: String
        var key = ""
        /// What k does first; then what a and b do out of each other's sight.
        let first: Deed
        let a: Deed
        let b: Deed
        let c: Deed
        var settled: String?

        var testDescription: String { rule }
    }

    struct Deed: Sendable {
        let words: String
        let values: [String: String]

        init(_ words: String, _ values: [String: String]) {
            self.words = words
            self.values = values
        }
    }

    private static let open = Deed(
        "case open", ["title": "Noise", "type": "noise", "risk": "medium"])
    private static let add = Deed("action add", ["title": "Lights", "lead": "tdc"])
    private static let start = Deed("campaign start", ["title": "Marking"])

    static let clashes = [
        Clash(
            rule: "C4", field: "status", first: open,
            a: Deed("case close", ["outcome": "resolved"]),
            b: Deed("case incident", ["incidents": "Window broken"]),
            c: Deed("case incident", ["incidents": "Door broken"]), settled: "closed"),
        Clash(
            rule: "C3", field: "status", first: open,
            a: Deed("case close", ["outcome": "resolved"]),
            b: Deed("case visit", ["visits": "Nobody in"]),
            c: Deed("case note", ["notes": "Call back"]), settled: "closed"),
        Clash(
            rule: "C5", field: "outcome", first: open,
            a: Deed("case close", ["outcome": "resolved"]),
            b: Deed("case close", ["outcome": "no-evidence"]),
            c: Deed("case close", ["outcome": "improved"]), settled: "no-evidence"),
        Clash(
            rule: "C7", field: "risk", first: open, a: Deed("case risk", ["risk": "high"]),
            b: Deed("case risk", ["risk": "low"]), c: Deed("case risk", ["risk": "high"]),
            settled: "low"),
        Clash(
            rule: "C11", field: "owners", first: open, a: Deed("case set", ["owners": "pam"]),
            b: Deed("case set", ["owners": "joe"]), c: Deed("case set", ["owners": "sue"])),
        Clash(
            rule: "C15", field: "status", first: add,
            a: Deed("action complete", ["evidence": "Photos"]),
            b: Deed("action delay", ["progress": "No money"]), c: Deed("action start", [:]),
            settled: "completed"),
        Clash(
            rule: "C17", field: "due", first: add, a: Deed("action set", ["due": "2015-03"]),
            b: Deed("action set", ["due": "2014-12"]), c: Deed("action set", ["due": "2015-09"]),
            settled: "2015-06"),
        Clash(
            rule: "C23", field: "readings", key: "2013/14|police", first: start,
            a: Deed("campaign read", ["readings": "2013/14|police=811"]),
            b: Deed("campaign read", ["readings": "2013/14|police=813"]),
            c: Deed("campaign read", ["readings": "2013/14|police=900"]), settled: "811"),
        Clash(
            rule: "C28", field: "restricted", first: open,
            a: Deed("case set", ["restricted": "yes"]), b: Deed("case set", ["restricted": "no"]),
            c: Deed("case set", ["restricted": "yes"]), settled: "no"),
    ]

    private func begin(_ clash: Clash) throws -> Circle {
        let circle = try Circle("a", "b", "c")
        try circle.tell("k", clash.first.words, clash.first.values)
        try circle.meet()
        for (name, deed) in [("a", clash.a), ("b", clash.b), ("c", clash.c)] {
            try circle.tell(name, deed.words, on: "K-1", deed.values)
        }
        return circle
    }

    private func isAsking(_ circle: Circle, _ name: String, _ clash: Clash) throws -> Bool {
        let record = try circle.record(name, "K-1")
        return record.field(clash.field)?.isDisputed == true
            || record.findings.contains { $0.field == clash.field }
    }

    @Test(arguments: clashes)
    func `a settlement that has seen all sides clears it for everyone`(_ clash: Clash) throws {
        let circle = try begin(clash)
        try circle.meet()
        for name in ["a", "b", "c", "k"] { #expect(try isAsking(circle, name, clash)) }
        try circle.settle("k", "K-1", clash.field, key: clash.key, to: clash.settled)
        #expect(try isAsking(circle, "k", clash) == false)
        try circle.meet()
        for name in ["a", "b", "c", "k"] {
            #expect(try isAsking(circle, name, clash) == false)
        }
        #expect(try circle.voices() == 1)
    }

    @Test(arguments: clashes)
    func `a settlement that had not seen one of the sides does not clear it`(_ clash: Clash) throws
    {
        let circle = try begin(clash)
        for name in ["a", "b", "k"] { try circle.sync(name) }
        #expect(try isAsking(circle, "k", clash))
        try circle.settle("k", "K-1", clash.field, key: clash.key, to: clash.settled)
        #expect(try isAsking(circle, "k", clash) == false)
        try circle.meet()
        #expect(try isAsking(circle, "k", clash))
        #expect(try circle.voices() == 1)
        try circle.settle("k", "K-1", clash.field, key: clash.key, to: clash.settled)
        try circle.meet()
        #expect(try isAsking(circle, "b", clash) == false)
    }

    @Test func `a suspended closing has no answer by default`() throws {
        let clash = try #require(SettlingTests.clashes.first { $0.rule == "C4" })
        let circle = try begin(clash)
        try circle.meet()
        for name in ["a", "k"] {
            #expect(throws: Rejection.self) { try circle.settle(name, "K-1", "status") }
            #expect(try circle.record(name, "K-1").isOpen)
        }
    }

    @Test func `nobody settles what nobody disagrees on, and only who may`() throws {
        let clash = try #require(SettlingTests.clashes.first { $0.rule == "C7" })
        let circle = try begin(clash)
        #expect(throws: Rejection.self) { try circle.settle("k", "K-1", "risk") }
        try circle.meet()
        #expect(throws: Rejection.self) { try circle.settle("a", "K-1", "risk", to: "low") }
        try circle.settle("k", "K-1", "risk", to: "high")
        #expect(try circle.shown("k", "K-1", "risk") == "high")
    }
}
