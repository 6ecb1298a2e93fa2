// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Testing

@Suite struct RecoveryTests {
    @Test func `a device put back from an older copy begins a new log`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        let copy = circle.files.bytesByPath.filter { $0.key.hasPrefix("books/a/") }
        try circle.tell("a", "case visit", on: "A-1", ["visits": "Nobody in"])
        try circle.tell("a", "case open", ["title": "Litter", "type": "littering"])
        try circle.meet()
        let old = try circle["a"].ownLog
        circle.close("a")
        for path in circle.files.paths(under: "books/a") { circle.files.takeAway(path) }
        for (path, bytes) in copy { circle.files.put(bytes, at: path) }
        try circle.open("a")
        let report = try circle.sync("a")
        #expect(report.remarks.contains { $0.contains("put back from a copy") })
        let new = try circle["a"].ownLog
        #expect(new.id != old.id)
        #expect(new.birth.previous?.log == old.id)
        #expect(try circle.shown("a", "A-2", "title") == "Litter")
        try circle.tell("a", "case open", ["title": "Third", "type": "noise"])
        try circle.meet()
        #expect(try circle.voices() == 1)
        #expect(try circle.shown("k", "Ab-1", "title") == "Third")
    }

    @Test func `a clock set back by more than an hour begins a new log`() throws {
        let circle = try Circle()
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        let old = try circle["k"].ownLog
        circle.clock.set(circle.clock.nowMilliseconds() - 2 * 3_600_000)
        try circle.tell("k", "case open", ["title": "Later", "type": "noise"])
        let new = try circle["k"].ownLog
        #expect(new.birth.previous?.log == old.id)
        #expect(try circle.shown("k", "Kb-1", "title") == "Later")
        try circle.open("k")
        #expect(try circle["k"].ownLog == new)
    }

    @Test func `a torn tail is cut at any of its bytes, kept aside and told`() throws {
        let circle = try Circle()
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        let path = "\(Circle.folder("k"))/logs/\(try circle["k"].ownLog.id.hex).log"
        let whole = try #require(circle.files.bytesByPath[path])
        let witness = "\(Circle.folder("k"))/witness"
        let said = try #require(circle.files.bytesByPath[witness])
        let digest = try circle["k"].book.stateDigest()
        try circle.tell("k", "case note", on: "K-1", ["notes": "A word"])
        let more = try #require(circle.files.bytesByPath[path])
        for size in whole.count..<more.count {
            circle.close("k")
            circle.files.put(Array(more.prefix(size)), at: path)
            circle.files.put(said, at: witness)
            try circle.open("k")
            #expect(circle.files.bytesByPath[path] == whole)
            #expect(try circle["k"].book.stateDigest() == digest)
            let isTold = circle["k"].remarks.contains { $0.contains("cut short") }
            #expect(isTold == (size > whole.count))
        }
        #expect(
            circle.files.paths(under: "books/k/set-aside").count == more.count - whole.count - 1)
    }

    @Test func `a crash at any file operation keeps what was acknowledged`() throws {
        var call = 1
        var hasStruck = true
        // Only a run that makes fewer calls than that says that all were tried.
        while hasStruck {
            hasStruck = false
            for fault in RecoveryTests.faults {
                let circle = try Circle()
                try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
                circle.files.plan(fault, atCall: call)
                let before = circle.files.calls
                let hasAnswered =
                    (try? circle.tell("k", "case note", on: "K-1", ["notes": "A word"])) != nil
                hasStruck = hasStruck || circle.files.calls - before >= call
                circle.close("k")
                circle.files.restart()
                try circle.open("k")
                #expect(try circle.shown("k", "K-1", "title") == "Noise")
                let notes = try circle.record("k", "K-1").field("notes")
                #expect(notes != nil || hasAnswered == false)
                try circle.tell("k", "case visit", on: "K-1", ["visits": "After all"])
                #expect(try circle.record("k", "K-1").field("visits") != nil)
            }
            call += 1
        }
        #expect(call > 2)
    }

    @Test func `what a stopped writer left is no log, and the next writer removes it`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        let id = try circle["k"].ownLog.id.hex
        let folder = Circle.folder("a")
        let whole = try #require(circle.files.bytesByPath["\(folder)/logs/\(id).log"])
        circle.close("a")
        let left = [
            "logs/\(id).log.77.tmp", "logs/0f.log.4711.tmp", "device.key.8.tmp",
            "set-aside/x.tail.9.tmp",
        ].map { "\(folder)/\($0)" }
        for path in left { circle.files.put(whole, at: path) }
        let reader = try Replica(opening: folder, circle.surroundings, writing: nil)
        #expect(reader.remarks == [])
        #expect(reader.book.rows.count == 2)
        #expect(left.allSatisfy { circle.files.bytesByPath[$0] != nil })
        try circle.open("a")
        #expect(left.allSatisfy { circle.files.bytesByPath[$0] == nil })
        #expect(circle["a"].book.rows.count == 2)
        try circle.meet()
        #expect(try circle.voices() == 1)
    }

    @Test func `a key that was put back alone opens a book, which a sync fills`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.meet()
        let old = try circle["a"].ownLog.id
        circle.close("a")
        let key = "\(Circle.folder("a"))/device.key"
        let bytes = try #require(circle.files.bytesByPath[key])
        for path in circle.files.paths(under: Circle.folder("a")) { circle.files.takeAway(path) }
        circle.files.takeAwayFolder("\(Circle.folder("a"))/logs")
        circle.files.put(bytes, at: key)
        let reader = try Replica(opening: Circle.folder("a"), circle.surroundings, writing: nil)
        #expect(reader.book.rows.isEmpty)
        try circle.open("a")
        try circle.tell("a", "case open", ["title": "Litter", "type": "littering"])
        #expect(try circle["a"].ownLog.id != old)
        try circle.meet()
        #expect(try circle.voices() == 1)
        #expect(try circle["a"].book.counts().reduce(0) { $0 + $1.all } == 2)
    }

    @Test func `trouble in reading the folder is never taken for an empty one`() throws {
        let circle = try Circle()
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        circle.close("k")
        let logs = circle.files.paths(under: "books/k/logs")
        var call = 1
        var hasStruck = true
        while hasStruck {
            for writing in [nil, "test"] as [String?] {
                circle.files.plan(.fails(.other), atCall: call)
                let before = circle.files.calls
                let replica = try? Replica(
                    opening: Circle.folder("k"), circle.surroundings, writing: writing)
                hasStruck = circle.files.calls - before >= call
                #expect(hasStruck == (replica == nil))
                circle.files.restart()
            }
            call += 1
        }
        #expect(call > 5)
        #expect(circle.files.paths(under: "books/k/logs") == logs)
    }

    @Test func `nothing at all is not recorded`() throws {
        let circle = try Circle()
        let disk = circle.disk
        #expect(throws: Rejection.self) { _ = try circle["k"].record([]) }
        #expect(circle.disk == disk)
    }

    private static let faults: [Fault] = [
        .fails(.full), .stopsShort(keeping: 7), .crashes(.before), .crashes(.midway(keeping: 30)),
        .crashes(.zeroFilled(keeping: 30)), .crashes(.after),
    ]
}
