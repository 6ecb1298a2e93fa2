// SPDX-License-Identifier: MIT
import Basics
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// Logs that stand in a book's folder under names that are none of theirs.
@Suite struct MisnamedLogsTests {
    /// `a` has recorded, synced, and recorded more that nobody else has.
    private func circle() throws -> Circle {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.tell("a", "case visit", on: "A-1", ["visits": "One"])
        try circle.meet()
        try circle.tell("a", "case visit", on: "A-1", ["visits": "Two"])
        circle.close("a")
        return circle
    }

    private func path(_ log: String) -> String { "\(Circle.folder("a"))/logs/\(log).log" }

    /// Both visits are there, more can be recorded, and nobody hears of a fork.
    private func expectWhole(_ circle: Circle) throws {
        #expect(circle["a"].ownLogState == .whole)
        try circle.tell("a", "case visit", on: "A-1", ["visits": "Three"])
        try circle.meet()
        for name in ["a", "k", "b"] {
            #expect(try circle.liveParts(name, "Noise") == ["One", "Three", "Two"])
            #expect(try circle[name].verify().isClean)
            #expect(try circle[name].book.forks() == [])
        }
        #expect(try circle.voices() == 1)
    }

    @Test(arguments: ["0.log", "LOG (copy).log", "LOG.log.bak", "LOG.1.log", "z.log"])
    func `a copy of a log beside it is moved aside and says nothing`(_ name: String) throws {
        for isOwn in [true, false] {
            let circle = try circle()
            let id = try isOwn ? ownLog(circle) : circle["k"].ownLog.id.hex
            let copy = name.replacing("LOG", with: id)
            let bytes = try #require(circle.files.bytesByPath[path(id)])
            circle.files.put(bytes, at: "\(Circle.folder("a"))/logs/\(copy)")
            try circle.open("a")
            #expect(circle["a"].remarks.contains { $0.contains(copy) })
            try expectWhole(circle)
        }
    }

    @Test func `a log under a wrong name is put right`() throws {
        for isOwn in [true, false] {
            let circle = try circle()
            let id = try isOwn ? ownLog(circle) : circle["k"].ownLog.id.hex
            let bytes = try #require(circle.files.bytesByPath[path(id)])
            circle.files.takeAway(path(id))
            circle.files.put(bytes, at: path("keep"))
            try circle.open("a")
            try expectWhole(circle)
        }
    }

    @Test func `logs that stand under each other's names are put right`() throws {
        for isOwn in [true, false] {
            let circle = try circle()
            let one = try circle["k"].ownLog.id.hex
            let other = try isOwn ? ownLog(circle) : circle["b"].ownLog.id.hex
            let bytes = try [one, other].map {
                try #require(circle.files.bytesByPath[path($0)])
            }
            circle.files.put(bytes[0], at: path(other))
            circle.files.put(bytes[1], at: path(one))
            try circle.open("a")
            try expectWhole(circle)
        }
    }

    private func ownLog(_ circle: Circle) throws -> String {
        try circle.open("a")
        defer { circle.close("a") }
        return try circle["a"].ownLog.id.hex
    }

    @Test func `a log of another partnership is moved aside, and published to nobody`() throws {
        let circle = try Circle("a")
        let other = try Circle("b", seed: 7)
        for name in ["k", "b"] {
            let path = other[name].paths.log(other[name].device.log)
            let bytes = try #require(other.files.bytesByPath[path])
            circle.close("a")
            circle.files.put(bytes, at: "\(Circle.folder("a"))/logs/\(path.pathName)")
            let reader = try Replica(opening: Circle.folder("a"), circle.surroundings, writing: nil)
            let check = try reader.verify()
            #expect(check.isClean == false)
            #expect(check.logs.filter(\.isForeign).map(\.id) == [other[name].device.log])
            try circle.open("a")
            #expect(circle["a"].remarks.contains { $0.contains("another partnership") })
        }
        let report = try circle.sync("a")
        #expect(report.publishedEntries == 0)
        #expect(circle["a"].book.rows.count == 2)
        #expect(circle.files.paths(under: "\(Circle.folder("a"))/set-aside").count == 2)
        try circle.meet()
        #expect(try circle.voices() == 1)
    }
}
