// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Testing

@Suite struct CircleTests {
    @Test func `a device asks, is enrolled, and reads and writes with the others`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise in Dane Road", "type": "noise"])
        try circle.sync("a")
        let report = try circle.sync("b")
        #expect(report.isEnrolled)
        #expect(report.newEntries > 0)
        #expect(try circle.shown("b", "A-1", "title") == "Noise in Dane Road")
        try circle.tell("b", "case visit", on: "A-1", ["visits": "Spoke to both sides"])
        try circle.meet()
        #expect(try circle.voices() == 1)
        #expect(circle["k"].book.roster.devices.map(\.callSign) == ["A", "B", "K"])
    }

    @Test func `a device that is not enrolled reads nothing and publishes nothing`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.sync("a")
        try circle.join("x")
        let files = circle.files.paths(under: Circle.exchange)
        let report = try circle.sync("x")
        #expect(report.isEnrolled == false)
        #expect(report.newEntries == 0)
        #expect(circle.files.paths(under: Circle.exchange) == files)
        #expect(try circle["x"].book.list(RecordFilter()).total == 0)
    }

    @Test func `what was recorded before being enrolled counts afterwards`() throws {
        let circle = try Circle("a")
        try circle.join("x")
        try circle.tell("x", "case open", ["title": "Graffiti", "type": "graffiti"])
        #expect(try circle.shown("x", "new-1", "title") == "Graffiti")
        try circle.enrol("x")
        #expect(try circle["k"].book.list(RecordFilter()).total == 0)
        let report = try circle.sync("x")
        #expect(report.isNewlyEnrolled)
        #expect(try circle.shown("x", "X-1", "title") == "Graffiti")
        try circle.meet()
        #expect(try circle.shown("a", "X-1", "title") == "Graffiti")
        #expect(try circle.voices() == 1)
    }

    @Test func `syncing again changes nothing, in the books or in the exchange`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.meet()
        try circle.meet()
        let before = circle.disk
        for _ in 0..<3 { try circle.meet() }
        #expect(circle.disk == before)
    }

    @Test func `an entry that waits does not make syncing write again and again`() throws {
        let circle = try Circle("a", "b", "c")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.sync("a")
        try circle.sync("b")
        try circle.tell("b", "case visit", on: "A-1", ["visits": "Nobody in"])
        try circle.sync("b")
        // c gets the logs of b and k by hand: the case itself, in a's log, is not here.
        for name in ["b", "k"] {
            let path = "logs/\(try circle[name].ownLog.id.hex).log"
            let bytes = try #require(circle.files.bytesByPath["\(Circle.folder(name))/\(path)"])
            circle.files.put(bytes, at: "carried/\(name).log")
        }
        _ = try circle["c"].merge(from: "carried")
        #expect(try circle["c"].book.waiting().map(\.need) == ["record"])
        let before = circle.disk
        for _ in 0..<3 { _ = try circle["c"].merge(from: "carried") }
        #expect(circle.disk == before)
    }

    @Test func `what a device has not signed is told to who merges its files`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.sync("a")
        try circle.sync("k")
        func told() throws -> [String] {
            try circle["k"].merge(from: Circle.folder("a")).remarks
        }
        #expect(try told() == [])
        try circle.tell("a", "case visit", on: "A-1", ["visits": "Nobody in"])
        #expect(
            try told() == ["A has recorded more than it has signed; that comes with its next sync."]
        )
        try circle.sync("a")
        #expect(try told() == [])
    }

    @Test func `a second program is told who holds the book`() throws {
        let circle = try Circle()
        do {
            _ = try Replica(
                opening: Circle.folder("k"), circle.surroundings, writing: "case open")
            Issue.record("the book was opened twice for writing")
        } catch {
            #expect(error.kind == .locked)
            #expect(error.sentence.contains("'beatbook init'"))
        }
        let reader = try Replica(opening: Circle.folder("k"), circle.surroundings, writing: nil)
        let (one, two) = (try reader.book.stateDigest(), try circle["k"].book.stateDigest())
        #expect(one == two)
    }

    @Test func `a rejected wish writes nothing`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        let before = circle.disk
        #expect(throws: Rejection.self) {
            try circle.tell("a", "case close", on: "A-1", ["outcome": "splendid"])
        }
        #expect(throws: Rejection.self) {
            try circle.tell("a", "action add", ["title": "Lights", "ref": "13"])
        }
        #expect(throws: Rejection.self) {
            try circle.tell("a", "case reopen", on: "A-1")
        }
        #expect(circle.disk == before)
    }

    @Test func `what is void is not voided again`() throws {
        let circle = try Circle()
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        try circle.tell("k", "case visit", on: "K-1", ["visits": "Loud"])
        let visit = try circle["k"].book.parts(of: circle["k"].book.find("K-1"))[0].entry
        let name = circle["k"].book.entryName(visit)
        try circle.tell("k", "case void", on: "K-1", ["visits": name], reason: "Another house")
        let before = try circle["k"].book.stateDigest()
        let rejection = #expect(throws: Rejection.self) {
            try circle.tell("k", "case void", on: "K-1", ["visits": name], reason: "Again")
        }
        #expect(rejection?.sentence == "'\(name)' is void already; nothing was written.")
        #expect(try circle["k"].book.stateDigest() == before)
    }

    @Test func `an auditor's device reads and records nothing`() throws {
        let circle = try Circle("a")
        try circle.join("z")
        try circle.enrol("z", as: .auditor)
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.meet()
        #expect(try circle.shown("z", "A-1", "title") == "Noise")
        #expect(throws: Rejection.self) {
            try circle.tell("z", "case note", on: "A-1", ["notes": "Looked at"])
        }
        #expect(try circle.voices() == 1)
    }
}
