// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Replicas
import Simulation
import Testing

/// What was answered for and is lost is named to a person, wherever a run ends.
@Suite struct LossTests {
    /// A circle whose device `a` recorded two cases after its last sync; its disk lost both.
    private func circle(memory: String? = nil) throws -> Circle {
        let circle = try Circle("a", memory: memory)
        try circle.tell("a", "case open", ["title": "Synced", "type": "noise"])
        try circle.meet()
        try loseTwo(circle)
        return circle
    }

    /// `a` records two cases, and its disk loses both.
    private func loseTwo(_ circle: Circle) throws {
        let path = circle["a"].paths.log(circle["a"].device.log)
        let whole = try #require(circle.files.bytesByPath[path])
        for title in ["One", "Two"] {
            try circle.tell("a", "case open", ["title": title, "type": "noise"])
        }
        circle.close("a")
        circle.files.put(whole, at: path)
    }

    /// What a person reads of the remarks of an opening, and then of a sync.
    private func said(_ circle: Circle) throws -> String {
        try circle.open("a")
        let first = circle["a"].remarks
        circle["a"].forgetRemarks()
        let report = try circle.sync("a")
        let second = report.remarks + circle["a"].remarks
        circle["a"].keepTold()
        return (first + second).joined(separator: " ")
    }

    @Test(arguments: [
        Fault.crashes(.before), .crashes(.midway(keeping: 30)), .crashes(.after), .fails(.other),
        .failsAfter(.other),
    ])
    func `a sync that ends anywhere leaves it to the next to say what is lost`(
        _ fault: Fault
    ) throws {
        let before = try circle()
        let calls = try MemoryFiles.atEachCall { call in
            let circle = try Circle(copying: before, opening: ["k"])
            // What was said before the end nobody may have read.
            let hasStruck = circle.files.strike(fault, atCall: call) {
                try circle.open("a")
                try circle.sync("a")
            }
            circle.close("a")
            circle.files.forgetFaults()
            circle.files.restart()
            let said = try said(circle)
            #expect(said.contains("ntries 4 to 5 of A, recorded here, did not come"), "\(call)")
            // It was said, and is not said again; who checks goes on reading it.
            #expect(try self.said(circle).contains("recorded here") == false, "\(call)")
            #expect(try circle["a"].lostEntries.map(\.range) == [SeqRange(first: 4, last: 5)])
            try circle.meet()
            #expect(try circle.voices() == 1)
            return hasStruck
        }
        #expect(calls > 20)
    }

    @Test func `each time that a folder is put back says what went with it, with no sync between`()
        throws
    {
        let circle = try Circle("a", memory: "memory")
        try circle.tell("a", "case open", ["title": "Synced", "type": "noise"])
        try circle.meet()
        circle.close("a")
        let backup = circle.copy(of: "a")
        for round in 1...3 {
            try circle.open("a")
            try circle.tell("a", "case open", ["title": "Lost \(round)", "type": "noise"])
            try circle.putBack("a", backup)
            circle["a"].forgetRemarks()
            try circle.tell("a", "case open", ["title": "New \(round)", "type": "noise"])
            let said = circle["a"].remarks.joined(separator: " ")
            #expect(said.contains("recorded here and"), "\(round): \(said)")
            #expect(said.contains("did not come back") == false)
            circle["a"].keepTold()
            circle.close("a")
        }
        try circle.open("a")
        let said = try circle.sync("a").remarks.joined(separator: " ")
        #expect(said.contains("recorded here, did not come back"), "\(said)")
    }

    @Test func `a sync goes on without what nobody has`() throws {
        let circle = try circle()
        let said = try said(circle)
        #expect(said.contains("did not come back"))
        #expect(circle["a"].ownLogState == .whole)
        try circle.open("a")
        #expect(circle["a"].remarks == [])
        #expect(try circle["a"].verify().isClean)
    }

    @Test func `what comes back is not lost`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Before", "type": "noise"])
        let path = circle["a"].paths.log(circle["a"].device.log)
        let whole = try #require(circle.files.bytesByPath[path])
        try circle.tell("a", "case open", ["title": "Synced", "type": "noise"])
        try circle.meet()
        circle.close("a")
        circle.files.put(whole, at: path)
        try circle.open("a")
        #expect(try circle.sync("a").remarks.contains { $0.contains("did not come") } == false)
        #expect(try circle["a"].lostEntries.isEmpty)
    }

    @Test func `another history in the places of what was lost brings nothing back`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Synced", "type": "noise"])
        try circle.meet()
        // Another copy of the device records as much and shares it.
        let clone = try Circle(copying: circle, opening: ["k", "a"])
        for title in ["Other", "Another"] {
            try clone.tell("a", "case open", ["title": title, "type": "noise"])
        }
        try clone.sync("a")
        try loseTwo(circle)
        for (path, bytes) in try clone.copiedExchange() { circle.files.put(bytes, at: path) }
        let said = try said(circle)
        #expect(said.contains("ntries 4 to 5 of A, recorded here, did not come"), "\(said)")
        #expect(try circle["a"].lostEntries.map(\.range) == [SeqRange(first: 4, last: 5)])
    }

    @Test func `a folder that is put back twice names what it lost each time`() throws {
        let circle = try Circle("a", memory: "state")
        try circle.tell("a", "case open", ["title": "Synced", "type": "noise"])
        try circle.meet()
        circle.close("a")
        let book = Circle.folder("a")
        let kept = circle.files.bytesByPath.filter { $0.key.hasPrefix("\(book)/") }
        for title in ["One", "Two"] {
            try circle.open("a")
            try circle.tell("a", "case open", ["title": title, "type": "noise"])
            circle["a"].keepTold()
            circle.close("a")
            for path in circle.files.paths(under: book) { circle.files.takeAway(path) }
            for (path, bytes) in kept { circle.files.put(bytes, at: path) }
        }
        let said = try said(circle)
        #expect(said.contains("ntries 1 to 2 of"), "\(said)")
        #expect(said.contains("did not come back"), "\(said)")
    }

    @Test func `a damaged list of what was lost is told once, and stops nothing`() throws {
        let circle = try circle()
        _ = try said(circle)
        circle.close("a")
        let path = "\(Circle.folder("a"))/lost"
        var bytes = try #require(circle.files.bytesByPath[path])
        bytes[3] ^= 1
        circle.files.put(bytes, at: path)
        try circle.open("a")
        #expect(circle["a"].remarks.contains { $0.contains("'lost'") })
        try circle.tell("a", "case open", ["title": "Later", "type": "noise"])
        try circle.open("a")
        #expect(circle["a"].remarks == [])
    }
}
