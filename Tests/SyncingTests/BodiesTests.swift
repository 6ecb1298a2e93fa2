// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

/// Bodies that somebody took out of a slice, and where they come back from.
@Suite struct BodiesTests {
    private let circle = Circle()
    private let log: LogBuilder

    /// Entries 1 to 6 create a record each, and each batch is sealed.
    init() {
        var builder = LogBuilder(TestDevice(2), in: circle.id)
        for size in [8, 40, 8, 300, 8, 8] {
            builder.create(1, bodySize: size)
            builder.seal()
        }
        log = builder
    }

    private var path: String { "logs/\(log.log.id.hex).log" }

    /// The file of a slice from which the bodies of some entries were taken.
    private func segment(
        _ first: UInt64, _ last: UInt64, without seqs: Set<UInt64> = []
    ) throws -> [UInt8] {
        SegmentFile.encode(try slice(first, last, without: seqs), with: circle.key)
    }

    private func slice(
        _ first: UInt64, _ last: UInt64, without seqs: Set<UInt64>
    ) throws -> [UInt8] {
        let bytes = try circle.slice(log, first, last)
        let head = Slice.head(log.log.id, first: first, before: try before(first))
        return BodySpoiler.frames(bytes, from: head.count, of: log.log.id) {
            seqs.contains($0.seq)
        }
    }

    private func before(_ seq: UInt64) throws -> Bytes32 {
        seq == 1 ? log.log.origin : try log.held(through: seq - 1).tip.chain
    }

    /// A log of one batch a seq, of which some entries have no body.
    private func stripped(_ seqs: Set<UInt64>) -> [UInt8] {
        BodySpoiler.log(log.bytes) { seqs.contains($0.seq) }
    }

    private static let subsets: [Set<UInt64>] = (0..<64).map { (mask: Int) -> Set<UInt64> in
        Set((UInt64(1)...6).filter { seq in mask & (1 << (Int(seq) - 1)) != 0 })
    }

    private static let some: [Set<UInt64>] = [
        [], [1], [2, 4], [3, 4, 5], [1, 2, 3, 4, 5, 6],
    ]

    private static let cuts: [[ClosedRange<UInt64>]] = [
        [1...6], [1...2, 3...6], [4...6, 1...3],
    ]

    @Test func `two slices that lack different bodies come to what either has`() throws {
        for one in BodiesTests.subsets where one.count.isMultiple(of: 2) {
            for other in BodiesTests.some {
                let exchange = try circle.exchange()
                _ = try exchange.write(segment(1, 6, without: one), in: .segments)
                _ = try exchange.write(segment(1, 6, without: other), in: .segments)
                var station = Station(circle.log(4), in: circle)
                try station.collect(exchange)
                #expect(station.logs[path] == stripped(one.intersection(other)))
            }
        }
    }

    @Test func `what was held without bodies is given them, whichever slices bring them`() throws {
        for lacking in BodiesTests.subsets {
            for parts in BodiesTests.cuts {
                var station = Station(circle.log(4), in: circle)
                station.files.put(stripped(lacking), at: path)
                let exchange = try circle.exchange()
                for part in parts {
                    _ = try exchange.write(
                        segment(part.lowerBound, part.upperBound), in: .segments)
                }
                let collected = try station.collect(exchange)
                #expect(station.logs[path] == log.bytes)
                #expect(collected.growths.isEmpty == lacking.isEmpty)
                #expect(collected.growths.allSatisfy { $0.range.isEmpty })
            }
        }
    }

    @Test func `new entries and bodies for old ones come together`() throws {
        var station = Station(circle.log(4), in: circle)
        let start = try log.held(through: 3).view.copy(0...)
        station.files.put(BodySpoiler.log(start) { $0.seq != 2 }, at: path)
        let exchange = try circle.exchange()
        _ = try exchange.write(segment(1, 6, without: [5]), in: .segments)
        _ = try exchange.write(segment(4, 5), in: .segments)
        try station.collect(exchange)
        #expect(station.logs[path] == log.bytes)
    }

    @Test func `a file that was known is read again for the bodies that it has`() throws {
        let exchange = try circle.exchange()
        _ = try exchange.write(segment(1, 3), in: .segments)
        _ = try exchange.write(segment(4, 6, without: [6]), in: .segments)
        var station = Station(circle.log(4), in: circle)
        try station.collect(exchange)
        station.files.put(stripped([2, 6]), at: path)
        try station.collect(exchange)
        #expect(station.logs[path] == stripped([6]))
        // What no file has is not looked for in each again.
        let calls = exchange.files as? MemoryFiles
        let before = calls?.calls ?? 0
        try station.collect(exchange)
        #expect((calls?.calls ?? 0) - before < 4)
    }

    @Test func `whoever has bodies leaves them where others took them away`() throws {
        for lacking in BodiesTests.subsets {
            let exchange = try circle.exchange()
            _ = try exchange.write(segment(1, 6, without: lacking), in: .segments)
            var holder = Station(circle.log(3), in: circle)
            holder.files.put(log.bytes, at: path)
            try holder.collect(exchange)
            try holder.publish(exchange)
            let files = try exchange.list(.segments).count
            #expect((files > 2) == (lacking.isEmpty == false))
            var reader = Station(circle.log(4), in: circle)
            try reader.collect(exchange)
            #expect(reader.logs[path] == log.bytes)
            // It does so once, and whoever lacks them too leaves nothing.
            try holder.publish(exchange)
            #expect(try exchange.list(.segments).count == files)
        }
    }

    @Test func `whoever lacks the same bodies publishes nothing for them`() throws {
        let exchange = try circle.exchange()
        _ = try exchange.write(segment(1, 6, without: [2, 3]), in: .segments)
        var station = Station(circle.log(4), in: circle)
        try station.collect(exchange)
        try station.publish(exchange)
        let files = try exchange.list(.segments).count
        #expect(files == 2)
        try station.collect(exchange)
        try station.publish(exchange)
        #expect(try exchange.list(.segments).count == files)
    }

    @Test func `a slice counts up to the seal before an entry that lacks what it needs`() throws {
        var log = LogBuilder(TestDevice(5), in: circle.id)
        for _ in 0..<2 {
            log.create(1)
            log.seal()
        }
        log.append(1)
        log.seal()
        let bytes = try circle.slice(log, 1, 3)
        let head = Slice.head(log.log.id, first: 1, before: log.log.origin)
        let bad = BodySpoiler.frames(bytes, from: head.count, of: log.log.id) { $0.seq == 3 }
        let exchange = try circle.exchange()
        _ = try exchange.write(SegmentFile.encode(bad, with: circle.key), in: .segments)
        var station = Station(circle.log(4), in: circle)
        try station.collect(exchange)
        let path = "logs/\(log.log.id.hex).log"
        #expect(station.logs[path] == (try log.held(through: 2).view.copy(0...)))
        _ = try exchange.write(SegmentFile.encode(bytes, with: circle.key), in: .segments)
        try station.collect(exchange)
        #expect(station.logs[path] == log.bytes)
        let alone = try circle.slice(log, 3, 3)
        let start = Slice.head(log.log.id, first: 3, before: try log.held(through: 2).tip.chain)
        let none = BodySpoiler.frames(alone, from: start.count, of: log.log.id) { _ in true }
        #expect(
            try SliceCheck.verdict(
                Slice(none), in: circle.id, holding: log.held(through: 2))
                == .setAside(.bodyNotHere))
    }

    @Test func `a file with bodies that the own log lacks is not rolled away`() throws {
        var builder = LogBuilder(TestDevice(2), in: circle.id)
        for _ in 0..<18 {
            builder.create(1)
            builder.seal()
        }
        let exchange = try circle.exchange()
        for seq in UInt64(1)...18 {
            _ = try exchange.write(circle.segment(builder, seq, seq), in: .segments)
        }
        var station = Station(builder, in: circle)
        try station.collect(exchange)
        station.files.put(
            BodySpoiler.log(builder.bytes) { $0.seq == 7 }, at: station.ownName)
        _ = try station.roll(exchange)
        var reader = Station(circle.log(4), in: circle)
        try reader.collect(exchange)
        #expect(reader.logs[station.ownName] == builder.bytes)
    }

    @Test(arguments: [
        CrashPoint.before, .midway(keeping: 0), .midway(keeping: 60), .after,
    ])
    func `a crash while bodies are put back loses nothing`(point: CrashPoint) throws {
        let exchange = try circle.exchange()
        _ = try exchange.write(segment(1, 6), in: .segments)
        for call in 1...40 {
            var station = Station(circle.log(4), in: circle)
            let start = try log.held(through: 4).view.copy(0...)
            station.files.put(BodySpoiler.log(start) { $0.seq < 4 }, at: path)
            let hasStruck = try station.collect(exchange, crashing: point, atCall: call)
            #expect(station.logs[path] == log.bytes)
            if hasStruck == false { return }
        }
        Issue.record("putting bodies back takes more calls than were tried")
    }
}
