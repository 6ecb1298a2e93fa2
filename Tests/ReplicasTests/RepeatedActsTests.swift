// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// What a device that was put back recorded again in a new log, while another device had got it
/// the first time.
@Suite struct RepeatedActsTests {
    /// Circles in which a's unshared tail went into another exchange, a's folder was then put back
    /// to before it signed that tail, and a has to give way to what it had shared earlier.
    private func putBack() throws -> Circle {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise", "risk": "medium"])
        try circle.meet()
        circle.copyExchange(to: "other")
        let first = circle.copy(of: "a")
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Loud"])
        try circle.meet()
        try circle.putBack("a", first)
        try circle.tell("a", "case visit", on: circle.named("a", "Noise"), ["visits": "Music"])
        try circle.tell(
            "a", "activity log",
            ["type": "leaflet-drop", "title": "Leaflets", "counts": "homes=12"])
        try circle.tell("a", "case open", ["title": "Graffiti", "type": "graffiti"])
        try circle.tell(
            "a", "case visit", on: circle.named("a", "Graffiti"), ["visits": "Took photographs"])
        let unsigned = circle.copy(of: "a")
        _ = try circle["a"].sync(with: "other")
        try circle.putBack("a", unsigned)
        return circle
    }

    private func meetInBoth(_ circle: Circle) throws {
        for _ in 0..<3 {
            for name in ["a", "b", "k"] {
                try circle.sync(name)
                _ = try circle[name].sync(with: "other")
            }
        }
    }

    private func expectOnce(_ circle: Circle) throws {
        #expect(try circle.voices() == 1)
        for name in ["k", "a", "b"] {
            #expect(try circle.liveParts(name, "Noise") == ["Loud", "Music"], "in \(name)")
            #expect(try circle.liveParts(name, "Graffiti") == ["Took photographs"], "in \(name)")
            let titles = try circle[name].book.list(RecordFilter()).records.map(\.title).sorted()
            #expect(titles == ["Graffiti", "Leaflets", "Noise"], "in \(name)")
            let leaflets = try circle.record(name, circle.named(name, "Leaflets"))
            guard case .tally(let sums)? = leaflets.field("counts")?.content else {
                Issue.record("\(name) counts nothing")
                continue
            }
            #expect(sums.map(\.value) == [12], "in \(name)")
            #expect(try circle[name].verify().isClean, "in \(name)")
        }
    }

    /// All names that a record has or had among the logs of the device of a.
    private func names(_ circle: Circle, of title: String) throws -> [String] {
        let book = circle["a"].book
        let place = try book.find(try circle.named("a", title))
        let others = try book.timeline().filter { $0.again == place }
        return try ([place] + others.map(\.place)).map { try book.reference($0) }
    }

    @Test(arguments: [true, false])
    func `each act is one, whichever of the two comes first`(isOldFirst: Bool) throws {
        let circle = try putBack()
        if isOldFirst { _ = try circle["k"].sync(with: "other") }
        let report = try circle.sync("a")
        #expect(report.remarks.contains { $0.contains("recorded again in a new log") })
        try circle.sync("k")
        try circle.sync("b")
        if isOldFirst == false { try expectOnce(circle) }
        try meetInBoth(circle)
        try expectOnce(circle)
        let named = try names(circle, of: "Graffiti")
        #expect(Set(named).count == 2)
        for name in ["k", "a", "b"] {
            let book = circle[name].book
            #expect(Set(try named.map { try book.find($0) }).count == 1, "in \(name)")
        }
    }

    @Test func `what others wrote to either record stands on the one`() throws {
        let circle = try putBack()
        // b knows the first of the two alone, k the second alone.
        _ = try circle["b"].sync(with: "other")
        try circle.sync("a")
        try circle.sync("k")
        try circle.tell("b", "case note", on: circle.named("b", "Graffiti"), ["notes": "By b"])
        try circle.tell("k", "case note", on: circle.named("k", "Graffiti"), ["notes": "By k"])
        try circle.tell(
            "b", "case void", on: circle.named("b", "Graffiti"),
            ["visits": try circle.partNames("b", circle.named("b", "Graffiti"))[0]],
            reason: "Another house")
        try meetInBoth(circle)
        #expect(try circle.voices() == 1)
        for name in ["k", "a", "b"] {
            #expect(try circle.liveParts(name, "Graffiti") == [], "in \(name)")
            let graffiti = try circle[name].book.find(circle.named(name, "Graffiti"))
            let notes = try circle[name].book.parts(of: graffiti).filter {
                $0.field.name == "notes"
            }
            #expect(notes.count == 2, "in \(name)")
        }
    }

    @Test(arguments: [true, false])
    func `what is put back twice from one copy is one act`(isFirstHeld: Bool) throws {
        let circle = try putBack()
        let unsigned = circle.copy(of: "a")
        if isFirstHeld { _ = try circle["k"].sync(with: "other") }
        try circle.sync("a")
        try circle.sync("k")
        try circle.putBack("a", unsigned)
        try circle.sync("a")
        if isFirstHeld == false {
            for name in ["k", "a", "b", "a"] { try circle.sync(name) }
            try expectOnce(circle)
        }
        try meetInBoth(circle)
        try expectOnce(circle)
    }
}
