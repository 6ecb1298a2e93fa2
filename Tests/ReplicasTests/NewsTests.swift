// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Queries
import Replicas
import Simulation
import Testing

/// What a device says that it took in, in the base of its next entry.
@Suite struct NewsTests {
    private static func lastBase(_ circle: Circle, _ name: String) throws -> [BaseElement] {
        let book = circle[name].book
        let id = try circle[name].ownLog.id
        let own = try #require(book.logs.index(of: id))
        return try #require(try book.timeline(of: own).last).base
    }

    /// Logs of the devices named, carried to another by hand.
    private static func carry(_ circle: Circle, _ names: String..., to other: String) throws {
        for name in names {
            let path = "\(Circle.folder(name))/logs/\(try circle[name].ownLog.id.hex).log"
            let bytes = try #require(circle.files.bytesByPath[path])
            circle.files.put(bytes, at: "carried/\(name).log")
        }
        _ = try circle[other].merge(from: "carried")
    }

    @Test func `what waits is left out, and what came after it is seen`() throws {
        let circle = try Circle("a", "b", "c")
        try circle.tell("a", "case open", ["title": "Noise", "type": "noise"])
        try circle.sync("a")
        try circle.sync("b")
        let visit = try #require(
            try circle.tell("b", "case visit", on: "A-1", ["visits": "Nobody in"]).first)
        let last = try #require(
            try circle.tell("b", "case open", ["title": "Bags", "type": "littering"]).first)
        try circle.sync("b")
        // The case that was visited, in the log of a, is not here.
        try NewsTests.carry(circle, "b", "k", to: "c")
        let b = try circle["b"].ownLog.id
        let about = try NewsTests.lastBase(circle, "c").filter { $0.log == b }
        #expect(about.first == .except(log: b, runs: [visit.seq...visit.seq]))
        guard case .seen(_, let upTo, _)? = about.last else {
            Issue.record("b is not named: \(about)")
            return
        }
        #expect(upTo == last.seq)
        // Once the case is here the visit is seen as well, though b wrote nothing more.
        try NewsTests.carry(circle, "a", to: "c")
        let receipt = try NewsTests.lastBase(circle, "c")
        #expect(receipt.contains { $0.log == b })
        #expect(receipt.allSatisfy { if case .except = $0 { false } else { true } })
        let before = circle.disk
        try NewsTests.carry(circle, "a", "b", "k", to: "c")
        #expect(circle.disk == before)
    }

    @Test func `an exception and what it is for are in one header`() throws {
        var base: [BaseElement] = []
        let runs = (1...64).map { UInt64($0) * 1_000_000...UInt64($0) * 1_000_000 + 1 }
        for number in 1...200 as ClosedRange<UInt64> {
            let log = LogID(Bytes16(high: number, low: 1))
            if number % 3 == 0 { base.append(.except(log: log, runs: runs)) }
            base.append(.seen(log: log, seq: 70_000_000, chain: Bytes16(high: 1, low: number)))
        }
        let circle = try Circle()
        let log = try circle["k"].ownLog
        var encoder = EntryEncoder(
            log: log.id, tip: log.start, surroundings: circle.surroundings, base: base)
        let entries = encoder.entries([Event(EventName.received, .none, nil)])
        var found: Set<BaseElement> = []
        for entry in entries {
            #expect(entry.header.count <= Limits.header)
            let header = try entry.header.withRaw { raw throws(EntryError) in
                try EntryHeader(raw, in: log.id)
            }
            #expect(header.base.count <= Limits.baseElements)
            for case .except(let log, _) in header.base {
                let isNamed = header.base.contains { element in
                    if case .seen(log, _, _) = element { true } else { false }
                }
                #expect(isNamed)
            }
            found.formUnion(header.base)
        }
        #expect(found == Set(base))
    }
}
