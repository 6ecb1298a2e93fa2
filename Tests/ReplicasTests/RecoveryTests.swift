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
        #expect(report.remarks.contains { $0.contains("older copy") })
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
        let digest = try circle["k"].book.stateDigest()
        try circle.tell("k", "case note", on: "K-1", ["notes": "A word"])
        let more = try #require(circle.files.bytesByPath[path])
        for size in whole.count..<more.count {
            circle.close("k")
            circle.files.put(Array(more.prefix(size)), at: path)
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
        var hasFinished = false
        while hasFinished == false {
            for fault in RecoveryTests.faults {
                let circle = try Circle()
                try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
                circle.files.plan(fault, atCall: call)
                let hasAnswered =
                    (try? circle.tell("k", "case note", on: "K-1", ["notes": "A word"])) != nil
                hasFinished = hasFinished || hasAnswered
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

    private static let faults: [Fault] = [
        .fails(.full), .stopsShort(keeping: 7), .crashes(.before), .crashes(.midway(keeping: 30)),
        .crashes(.zeroFilled(keeping: 30)), .crashes(.after),
    ]
}
