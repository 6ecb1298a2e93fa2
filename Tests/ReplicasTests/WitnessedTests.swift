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

/// What a book's folder and its machine remember of the own log, and what follows from it. The
/// index is in memory here: it is made anew at every opening, and is no witness.
@Suite struct WitnessedTests {
    private static let book = Circle.folder("k")
    private static let memory = "machine/beatbook"

    /// `k` has recorded a case and a note on it, on a machine with a memory.
    private func circle(memory: String? = WitnessedTests.memory) throws -> Circle {
        let circle = try Circle(memory: memory)
        try circle.tell("k", "case open", ["title": "Noise", "type": "noise"])
        try circle.tell("k", "case note", on: "K-1", ["notes": "A first word"])
        return circle
    }

    private func log(_ circle: Circle) throws -> String {
        "\(WitnessedTests.book)/logs/\(try circle["k"].ownLog.id.hex).log"
    }

    private let witness = "\(WitnessedTests.book)/witness"

    private func folder(_ circle: Circle) -> [String: [UInt8]] {
        circle.files.bytesByPath.filter { $0.key.hasPrefix("\(WitnessedTests.book)/") }
    }

    private func put(_ files: [String: [UInt8]], back circle: Circle) {
        for path in circle.files.paths(under: WitnessedTests.book) { circle.files.takeAway(path) }
        for (path, bytes) in files { circle.files.put(bytes, at: path) }
    }

    /// Opens the book again, records, and gives what the opening found and said.
    private func goOn(
        _ circle: Circle, isNewLog: Bool
    ) throws -> (state: OwnLogState, remarks: [String]) {
        try circle.open("k")
        let old = try circle["k"].ownLog
        let (state, remarks) = (circle["k"].ownLogState, circle["k"].remarks)
        let reader = try Replica(
            opening: WitnessedTests.book, circle.surroundings, writing: nil)
        #expect(reader.ownLogState == state)
        try circle.tell("k", "case open", ["title": "After it", "type": "noise"])
        let new = try circle["k"].ownLog
        #expect((new != old) == isNewLog)
        #expect(circle["k"].ownLogState == .whole)
        if isNewLog { #expect(new.birth.previous?.log == old.id) }
        // It is gone on with from then on.
        circle["k"].keepTold()
        try circle.open("k")
        #expect(circle["k"].ownLogState == .whole)
        #expect(circle["k"].remarks == [])
        try circle.tell("k", "case open", ["title": "And after that", "type": "noise"])
        #expect(try circle["k"].ownLog == new)
        return (state, remarks)
    }

    @Test func `a log with all that was answered for is gone on with`() throws {
        let circle = try circle()
        let found = try goOn(circle, isNewLog: false)
        #expect(found.state == .whole)
        #expect(found.remarks == [])
    }

    @Test func `whole batches past the witness are kept, and it follows`() throws {
        // A machine that had remembered more would tell of a folder that was put back.
        let circle = try circle(memory: nil)
        let before = try #require(circle.files.bytesByPath[witness])
        try circle.tell("k", "case note", on: "K-1", ["notes": "A second word"])
        let whole = try #require(circle.files.bytesByPath[try log(circle)])
        circle.files.put(before, at: witness)
        try circle.open("k")
        #expect(circle["k"].remarks == [])
        #expect(circle.files.bytesByPath[try log(circle)] == whole)
        let said = try #require(circle.files.bytesByPath[witness])
        let seq = WitnessFile.witness(in: said)?.seq
        #expect(seq == circle["k"].book.rows.first?.position?.tip.seq)
        _ = try goOn(circle, isNewLog: false)
    }

    @Test(arguments: ["put back", "first slot", "second slot"], [WitnessedTests.memory, nil])
    func `a witness alone that is older, of a log that is as it was, puts nothing back`(
        _ trouble: String, _ memory: String?
    ) throws {
        let circle = try circle(memory: memory)
        let before = try #require(circle.files.bytesByPath[witness])
        try circle.tell("k", "case note", on: "K-1", ["notes": "A second word"])
        circle.close("k")
        var bytes = try #require(circle.files.bytesByPath[witness])
        switch trouble {
        case "put back": bytes = before
        case "first slot": bytes[40] ^= 1
        default: bytes[WitnessFile.slotLength + 40] ^= 1
        }
        circle.files.put(bytes, at: witness)
        let found = try goOn(circle, isNewLog: false)
        #expect(found.state == .whole)
        #expect(found.remarks == [])
        guard let marker = circle.files.bytesByPath.first(where: { $0.key.hasSuffix(".marker") })
        else { return }
        let said = try #require(circle.files.bytesByPath[witness])
        #expect(WitnessFile.witness(in: said) == WitnessFile.witness(in: marker.value))
    }

    @Test func `a witness of the log before, put back alone, puts nothing back`() throws {
        let circle = try circle()
        let before = try #require(circle.files.bytesByPath[witness])
        circle.clock.set(circle.clock.nowMilliseconds() - 7_200_000)
        try circle.tell("k", "case note", on: "K-1", ["notes": "A second word"])
        circle.close("k")
        circle.files.put(before, at: witness)
        #expect(try goOn(circle, isNewLog: false).state == .whole)
    }

    @Test func `a log that ends before its witness has lost its tail`() throws {
        let circle = try circle()
        let path = try log(circle)
        let short = try #require(circle.files.bytesByPath[path])
        let held = try #require(circle["k"].book.rows.first?.position?.tip.seq)
        try circle.tell("k", "case note", on: "K-1", ["notes": "A second word"])
        circle.close("k")
        circle.files.put(short, at: path)
        let found = try goOn(circle, isNewLog: true)
        #expect(found.state == .cutShort(held: held, answered: held + 1))
        #expect(found.remarks.contains { $0.contains("ended at entry \(held)") })
        #expect(circle.files.bytesByPath[path] == short)
    }

    @Test func `a last batch that was answered for and rots is kept aside, at any of its bytes`()
        throws
    {
        let first = try circle()
        let path = try log(first)
        let before = try #require(first.files.bytesByPath[path]).count
        try first.tell("k", "case note", on: "K-1", ["notes": "A second word"])
        let whole = try #require(first.files.bytesByPath[path])
        let files = folder(first)
        var count = 0
        for place in stride(from: before, to: whole.count, by: 3) {
            put(files, back: first)
            first.close("k")
            var rotten = whole
            rotten[place] ^= 0x10
            first.files.put(rotten, at: path)
            try first.open("k")
            #expect(first["k"].remarks.allSatisfy { $0.contains("cut short") == false })
            let isCut = first["k"].remarks.contains { $0.contains("recorded here and") }
            let entries = try first.tell("k", "case open", ["title": "Next", "type": "noise"])
            // No place is used again.
            let isNew = try first["k"].ownLog.id.hex != path.suffix(36).prefix(32)
            #expect(isNew ? entries.first?.seq == 2 : entries.first.map { $0.seq > 5 } ?? false)
            let aside = first.files.paths(under: "\(WitnessedTests.book)/set-aside")
            let tails = aside.compactMap { first.files.bytesByPath[$0] }
            let kept = try #require(first.files.bytesByPath[path])
            #expect(isCut)
            #expect(kept + (tails.first ?? []) == rotten)
            count += 1
            for path in aside { first.files.takeAway(path) }
        }
        #expect(count > 30)
    }

    @Test func `a write that was cut short is a torn tail, and only that`() throws {
        let circle = try circle(memory: nil)
        let path = try log(circle)
        let (whole, said) = (circle.files.bytesByPath[path], circle.files.bytesByPath[witness])
        try circle.tell("k", "case note", on: "K-1", ["notes": "A second word"])
        let more = try #require(circle.files.bytesByPath[path])
        circle.close("k")
        circle.files.put(more.dropLast(), at: path)
        circle.files.put(try #require(said), at: witness)
        try circle.open("k")
        #expect(circle["k"].remarks.count == 1)
        #expect(circle["k"].remarks[0].contains("cut short before it was acknowledged"))
        #expect(circle.files.bytesByPath[path] == whole)
        _ = try goOn(circle, isNewLog: false)
    }

    @Test func `a folder without a good witness begins a new log`() throws {
        for spoilt in [nil, [], [UInt8](repeating: 0, count: 8_192)] as [[UInt8]?] {
            let circle = try circle()
            circle.close("k")
            circle.files.takeAway(witness)
            if let spoilt { circle.files.put(spoilt, at: witness) }
            let found = try goOn(circle, isNewLog: true)
            #expect(found.state == .unwitnessed)
            #expect(found.remarks.contains { $0.contains("'witness'") })
        }
    }

    @Test func `a folder that was put back begins a new log before its next entry`() throws {
        let circle = try circle()
        let copy = folder(circle)
        try circle.tell("k", "case note", on: "K-1", ["notes": "Recorded since"])
        circle.close("k")
        put(copy, back: circle)
        let found = try goOn(circle, isNewLog: true)
        #expect(found.state == .putBackFrom(held: 5, answered: 6))
        #expect(found.remarks.contains { $0.contains("older copy") && $0.contains("Entry 6") })
        // A machine without a memory sees nothing: the next sync does.
        let other = try self.circle(memory: nil)
        let older = folder(other)
        try other.tell("k", "case note", on: "K-1", ["notes": "Recorded since"])
        other.close("k")
        put(older, back: other)
        #expect(try goOn(other, isNewLog: false).state == .whole)
    }

    @Test func `a folder that was put back after as many commands elsewhere is seen too`() throws {
        let circle = try circle()
        let copy = folder(circle)
        try circle.tell("k", "case note", on: "K-1", ["notes": "Here"])
        circle.close("k")
        put(copy, back: circle)
        let elsewhere = Surroundings(
            files: circle.files, clock: circle.clock, entropy: circle.entropy, index: .memory)
        do {
            let replica = try Replica(
                opening: WitnessedTests.book, elsewhere, writing: "test")
            _ = try replica.record([Event("case.opened", .creates, ["title": .text("There")])])
        }
        #expect(try goOn(circle, isNewLog: true).state == .putBack)
    }

    @Test func `a folder that came from elsewhere begins a new log`() throws {
        let circle = try circle()
        circle.close("k")
        for (path, bytes) in folder(circle) {
            circle.files.put(bytes, at: path.replacing("books/k/", with: "books/other/"))
        }
        let clone = try Replica(
            opening: "books/other", circle.surroundings, writing: "test")
        #expect(clone.ownLogState == .copied)
        #expect(clone.remarks.contains { $0.contains("from another place") })
        let old = try clone.ownLog
        let event = Event("case.opened", .creates, ["title": .text("There")])
        _ = try clone.record([event])
        #expect(try clone.ownLog != old)
        // The one that it was copied from goes on.
        #expect(try goOn(circle, isNewLog: false).state == .whole)
    }

    @Test func `a machine that can remember nothing hinders nobody`() throws {
        let circle = try circle(memory: nil)
        circle.close("k")
        // A file stands where the folder should be.
        circle.files.put([1], at: WitnessedTests.memory)
        let surroundings = Surroundings(
            files: circle.files, clock: circle.clock, entropy: circle.entropy, index: .memory,
            memory: WitnessedTests.memory)
        for _ in 0..<2 {
            let replica = try Replica(
                opening: WitnessedTests.book, surroundings, writing: "test")
            let log = try replica.ownLog
            #expect(replica.ownLogState == .whole)
            #expect(replica.remarks.contains { $0.contains("could not remember") })
            let event = Event("case.opened", .creates, ["title": .text("Case")])
            #expect(try replica.record([event]).trouble == nil)
            #expect(try replica.ownLog == log)
        }
    }

    @Test(arguments: [
        Fault.crashes(.before), .crashes(.midway(keeping: 50)), .crashes(.after), .fails(.full),
    ])
    func `a new log that was being begun when the power went is taken up`(fault: Fault) throws {
        var call = 1
        var hasStruck = true
        while hasStruck {
            let circle = try circle()
            circle.close("k")
            circle.files.takeAway(witness)
            try circle.open("k")
            circle.files.plan(fault, atCall: call)
            let before = circle.files.calls
            let hasAnswered =
                (try? circle.tell("k", "case open", ["title": "After it", "type": "noise"])) != nil
            hasStruck = circle.files.calls - before >= call
            circle.close("k")
            circle.files.restart()
            try circle.open("k")
            let titles = try circle["k"].book.list(RecordFilter()).records.map(\.title)
            #expect(titles.contains("After it") || hasAnswered == false)
            try circle.tell("k", "case open", ["title": "And then", "type": "noise"])
            try circle.open("k")
            #expect(circle["k"].ownLogState == .whole)
            call += 1
        }
        #expect(call > 6)
    }
}
