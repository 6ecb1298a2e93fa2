// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Syncing
import Testing

/// Damage in a log or in a shared file, and how any sync mends it.
@Suite struct HealingTests {
    @Test func `a damaged own log keeps what stands behind the damage, in either order`() throws {
        let (first, path, synced) = try Circle.withUnsynced()
        let files = first.files.bytesByPath
        let whole = try #require(files[path])
        let birth = try whole.withRaw { raw throws(LogError) in try LogScanner.birth(raw).end }
        let wanted = try first.notes("a")
        // The index is in memory: opening the book again is what a rebuild is.
        for opensFirst in [true, false] {
            for place in stride(from: birth, to: synced, by: 97) {
                let (circle, path, _) = try Circle.withUnsynced()
                if opensFirst { circle.close("a") }
                var bad = try #require(circle.files.bytesByPath[path])
                bad[place] ^= 0x40
                circle.files.put(bad, at: path)
                if opensFirst { try circle.open("a") }
                try circle.sync("a")
                try circle.sync("k")
                try circle.sync("a")
                if opensFirst == false { try circle.open("a") }
                try circle.sync("a")
                #expect(try circle.notes("a") == wanted, "byte \(place)")
                #expect(try circle.notes("k") == wanted, "byte \(place)")
                #expect(try circle["a"].verify().isClean, "byte \(place)")
            }
        }
    }

    @Test func `bytes between whole frames that say nothing are put aside at once`() throws {
        let (circle, path, synced) = try Circle.withUnsynced()
        circle.close("a")
        let whole = try #require(circle.files.bytesByPath[path])
        // A seal that rots, and garbage after it.
        let sealStart = synced - 107
        for garbage in [[], [UInt8](repeating: 7, count: 30)] as [[UInt8]] {
            var bad = whole
            bad[synced - 1] ^= 0x40
            bad.insert(contentsOf: garbage, at: synced)
            circle.files.put(bad, at: path)
            try circle.open("a")
            let mended = try #require(circle.files.bytesByPath[path])
            #expect(mended == Array(whole[..<sealStart]) + whole[synced...])
            #expect(circle["a"].remarks.contains { $0.contains("were put in set-aside") })
            #expect(circle["a"].ownLogState == .whole)
            circle.close("a")
        }
        try circle.open("a")
        try circle.tell("a", "case note", on: "A-1", ["notes": "Three"])
        try circle.meet()
        #expect(try circle.notes("k").suffix(3) == ["One", "Two", "Three"])
        #expect(try circle["k"].verify().isClean)
    }

    @Test func `bytes that nobody wrote at the end of a log are put aside`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.meet()
        let log = try circle["a"].ownLog.id
        let digest = try circle["b"].book.stateDigest()
        for name in ["b", "a"] {
            let path = circle[name].paths.log(log)
            let whole = try #require(circle.files.bytesByPath[path])
            for garbage in [[0], Array(whole.suffix(300))] {
                if name == "a" {
                    circle.clock.set(circle.clock.nowMilliseconds() - 7_200_000)
                    try circle.tell("a", "case note", on: "A-1", ["notes": "In a new log"])
                    try circle.meet()
                }
                circle.close(name)
                circle.files.put(whole + garbage, at: path)
                try circle.open(name)
                let said = circle[name].remarks.joined(separator: " ")
                #expect(said.contains("set-aside"), "\(said)")
                #expect(said.contains("not synced") == false, "\(said)")
                #expect(circle.files.bytesByPath[path] == whole)
                #expect(try circle[name].verify().isClean)
                try circle.open(name)
                #expect(circle[name].remarks == [])
            }
        }
        #expect(try circle["b"].book.stateDigest() != digest)
    }

    @Test func `a good file in another's place takes nothing from anyone`() throws {
        let first = try Circle("a", "b")
        try first.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try first.meet()
        let before = Set(first.files.paths(under: Circle.exchange))
        try first.tell("a", "case note", on: "A-1", ["notes": "He had a knife, she said"])
        try first.sync("a")
        let new = first.files.paths(under: Circle.exchange).filter { $0.hasSuffix(".segment") }
        let theirs = try #require(new.first { before.contains($0) == false })
        let size = try #require(first.files.bytesByPath[theirs]).count
        // One who reads it goes by name and size: what takes its place is as long.
        for length in 1...80 {
            let circle = try Circle(copying: first, opening: ["k", "a", "b"])
            circle.files.takeAway(theirs)
            let text = String(repeating: "x", count: length)
            try circle.tell("b", "case note", on: "A-1", ["notes": text])
            let before = Set(circle.files.paths(under: Circle.exchange))
            try circle.sync("b")
            let own = circle.files.paths(under: Circle.exchange)
                .filter { $0.hasSuffix(".segment") && before.contains($0) == false }
            guard let path = own.first, let bytes = circle.files.bytesByPath[path],
                bytes.count == size
            else { continue }
            circle.files.takeAway(path)
            circle.files.put(bytes, at: theirs)
            try circle.sync("a")
            try circle.sync("k")
            #expect(circle.files.bytesByPath[theirs] == nil)
            try circle.sync("a")
            try circle.sync("k")
            #expect(try circle.notes("k").contains("He had a knife, she said"))
            return
        }
        Issue.record("no file of \(size) bytes was made")
    }

    @Test func `what rots before it was synced takes nothing good with it`() throws {
        let (first, path, synced) = try Circle.withUnsynced()
        let whole = try #require(first.files.bytesByPath[path])
        let wanted = try first.notes("a")
        let (one, two) = (Circle.end(of: whole, after: synced), whole.count)
        for place in synced..<two {
            let (circle, path, _) = try Circle.withUnsynced()
            circle.close("a")
            var bad = whole
            bad[place] ^= 0x40
            circle.files.put(bad, at: path)
            try circle.open("a")
            let isTold = circle["a"].remarks.contains { $0.contains("recorded here and") }
            try circle.open("a")
            try circle.tell("a", "case note", on: "A-1", ["notes": "After"])
            try circle.meet()
            let kept = try circle.notes("a")
            #expect(try circle.notes("k") == kept, "byte \(place)")
            // The chain value after the first is what the second goes on from.
            let isFirst = place < one
            let isBetween = (one - 32..<one).contains(place)
            let good = wanted.filter { $0 != (isFirst ? "One" : "Two") && isBetween == false }
            #expect(Set(kept).isSuperset(of: good + ["After"]), "byte \(place): \(kept)")
            #expect(Set(kept).count == kept.count, "byte \(place): \(kept)")
            let digests = try ["a", "k"].map { try circle[$0].book.stateDigest() }
            #expect(digests[0] == digests[1], "byte \(place)")
            #expect(isTold, "byte \(place)")
            #expect(try circle["a"].verify().isClean, "byte \(place)")
        }
    }

    @Test func `a text that rots before it was synced is named, and nobody lacks it for good`()
        throws
    {
        let (circle, path, _) = try Circle.withUnsynced()
        let log = try #require(circle.files.bytesByPath[path])
        let word = Array("One".utf8)
        let place = try #require(log.indices.last { log[$0...].starts(with: word) })
        var bad = log
        bad[place] ^= 0x40
        circle.close("a")
        circle.files.put(bad, at: path)
        try circle.open("a")
        // What was recorded after it is there, and is not called lost.
        #expect(try circle.notes("a") == ["Nobody in", "Two"])
        #expect(circle["a"].remarks.filter { $0.contains("recorded here and") }.count == 1)
        #expect(try circle["a"].lostEntries.map(\.range.count) == [1])
        try circle.meet()
        for name in ["a", "k"] {
            #expect(try circle.notes(name) == ["Nobody in", "Two"])
            #expect(try circle[name].verify().isClean)
        }
        #expect(try circle.voices() == 1)
    }

    @Test(arguments: [Fault.crashes(.midway(keeping: 30)), .crashes(.after)])
    func `saving what rotted can be stopped at any call`(_ fault: Fault) throws {
        let (before, path, synced) = try Circle.withUnsynced()
        before.close("a")
        var bad = try #require(before.files.bytesByPath[path])
        bad[synced + 12] ^= 0x40
        before.files.put(bad, at: path)
        let calls = try MemoryFiles.atEachCall { call in
            let circle = try Circle(copying: before, opening: ["k"])
            let hasStruck = circle.files.strike(fault, atCall: call) { try circle.open("a") }
            circle.close("a")
            circle.files.restart()
            try circle.open("a")
            try circle.meet()
            let kept = try circle.notes("k").filter { $0 == "Two" }
            #expect(kept == ["Two"], "call \(call)")
            #expect(try circle["a"].verify().isClean, "call \(call)")
            return hasStruck
        }
        #expect(calls > 12)
    }

    @Test func `a torn tail is no damage to whoever checks`() throws {
        let (circle, path, _) = try Circle.withUnsynced()
        circle.close("a")
        let whole = try #require(circle.files.bytesByPath[path])
        circle.files.put(whole + [2, 200, 0, 0, 0, 0x82], at: path)
        let reader = try Replica(
            opening: Circle.folder("a"), circle.surroundings, writing: nil)
        let verification = try reader.verify()
        #expect(verification.isClean)
        #expect(verification.logs.map(\.tornBytes).max() == 6)
        // The end of what was answered for is another thing.
        circle.files.put(whole.dropLast(3), at: path)
        let other = try Replica(
            opening: Circle.folder("a"), circle.surroundings, writing: nil)
        #expect(try other.verify().isClean == false)
    }

    /// In its text, in the id of its key, in what it says of its length.
    @Test(arguments: [200, 9, 30, 50, 51])
    func `a file that rots in its place is left again by those who hold its entries`(
        place: Int
    ) throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.sync("a")
        try circle.sync("k")
        let segments = circle.files.paths(under: "\(Circle.exchange)/segments")
        for path in segments {
            var bytes = try #require(circle.files.bytesByPath[path])
            bytes[place] ^= 1
            circle.files.put(bytes, at: path)
            circle.files.date(path, at: 0)
        }
        let told = try circle.sync("b")
        #expect(told.remarks.contains { $0.contains("Whoever holds what was there") })
        // Nobody is asked to read everything again.
        try circle.sync("a")
        try circle.sync("k")
        try circle.sync("b")
        #expect(try circle.shown("b", "A-1", "title") == "Noise")
        try circle.meet()
        #expect(try circle.voices() == 1)
        let before = circle.disk
        try circle.meet()
        #expect(circle.disk == before)
    }

    @Test func `a sync that cannot list a folder publishes nothing again`() throws {
        let circle = try Circle("a")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.meet()
        let before = circle.files.paths(under: Circle.exchange)
        let logs = circle.files.paths(under: "\(Circle.folder("a"))/logs")
        let calls = try MemoryFiles.atEachCall { call in
            let hasStruck = circle.files.strike(.fails(.other), atCall: call) {
                _ = try circle["a"].sync(with: Circle.exchange)
            }
            circle.files.forgetFaults()
            try circle.open("a")
            #expect(circle.files.paths(under: Circle.exchange) == before)
            #expect(circle.files.paths(under: "\(Circle.folder("a"))/logs") == logs)
            return hasStruck
        }
        #expect(calls > 5)
    }

    @Test func `what a merge took in is acknowledged by a receipt`() throws {
        let circle = try Circle("a", "b")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.sync("a")
        let before = try #require(try last("b", in: circle))
        _ = try circle["b"].merge(from: Circle.exchange)
        let after = try #require(try last("b", in: circle))
        #expect(after.place.seq == before.place.seq + 1)
        #expect(after.type == EventName.received)
        let author = try circle["a"].ownLog.id
        #expect(after.base.contains { $0.log == author })
        _ = try circle["b"].merge(from: Circle.exchange)
        #expect(try last("b", in: circle)?.place == after.place)
    }

    private func last(_ name: String, in circle: Circle) throws -> EntryReport? {
        let log = try #require(circle[name].book.logs.index(of: circle[name].ownLog.id))
        return try circle[name].book.timeline(of: log).last
    }
}
