// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct ForkTests {
    private let circle = Circle()

    private func log(mark: UInt8, from first: Int = 3) -> LogBuilder {
        var builder = LogBuilder(TestDevice(2), in: circle.id)
        for seq in 1...4 {
            builder.append(1, mark: seq >= first ? mark : 0)
            builder.seal()
        }
        return builder
    }

    @Test func `another history is taken in beside the first, and known again`() throws {
        let exchange = try circle.exchange()
        let (kept, other) = (log(mark: 0), log(mark: 1))
        _ = try exchange.write(circle.segment(kept, 1, 4), in: .segments)
        var station = Station(circle.log(8), in: circle)
        try station.collect(exchange)
        let name = try exchange.write(circle.segment(other, 3, 4), in: .segments)
        let first = try station.collect(exchange)
        #expect(
            first.files.first { $0.name == name }?.outcome
                == .accepted(kept.log.id, SeqRange(first: 3, last: 4), lacking: []))
        let second = try station.collect(exchange)
        #expect(second.growths.isEmpty)
        #expect(
            second.files.first { $0.name == name }?.outcome
                == .alreadyHeld(kept.log.id, SeqRange(first: 3, last: 4), lacking: []))
        let half = try #require(try other.chain(at: 3)).first.hex.prefix(16)
        #expect(station.logs["logs/\(kept.log.id.hex).log"] == kept.bytes)
        #expect(station.logs["logs/\(kept.log.id.hex).3-\(half).log"] == other.bytes)
    }

    @Test func `a history that stands in a file named after another stays when that one comes`()
        throws
    {
        let exchange = try circle.exchange()
        let logs = (0..<3 as Range<UInt8>).map { log(mark: $0) }
        var station = Station(circle.log(8), in: circle)
        for log in logs.prefix(2) {
            _ = try exchange.write(circle.segment(log, 1, 4), in: .segments)
            try station.collect(exchange)
        }
        // The disk cuts the second history back to where all three are one.
        let second = try #require(station.logs.first { $0.value == logs[1].bytes }?.key)
        var short = LogBuilder(TestDevice(2), in: circle.id)
        for _ in 0..<2 {
            short.append(1, mark: 0)
            short.seal()
        }
        station.files.put(short.bytes, at: second)
        for log in [logs[2], logs[1]] {
            station.memory = SegmentMemory()
            let one = try circle.exchange()
            _ = try one.write(circle.segment(log, 1, 4), in: .segments)
            try station.collect(one)
        }
        #expect(Set(station.logs.values).isSuperset(of: logs.map(\.bytes)))
    }

    @Test func `in every order of files both histories are taken in whole`() throws {
        let files = [
            try circle.segment(log(mark: 0), 1, 2), try circle.segment(log(mark: 0), 3, 4),
            try circle.segment(log(mark: 1), 3, 3), try circle.segment(log(mark: 1), 4, 4),
        ]
        var found: Set<Set<[UInt8]>> = []
        for order in orders(files) {
            var station = Station(circle.log(8), in: circle)
            let exchange = try circle.exchange()
            for file in order {
                _ = try exchange.write(file, in: .segments)
                try station.collect(exchange)
            }
            found.insert(Set(station.logs.values))
        }
        #expect(found.count == 1)
        #expect(found.first?.isSuperset(of: [log(mark: 0).bytes, log(mark: 1).bytes]) == true)
    }

    @Test func `both histories are carried on, and each is published once`() throws {
        let exchange = try circle.exchange()
        var station = Station(circle.log(8), in: circle)
        for file in [
            try circle.segment(log(mark: 0), 1, 4), try circle.segment(log(mark: 1), 1, 4),
        ] {
            _ = try exchange.write(file, in: .segments)
            try station.collect(exchange)
        }
        let empty = try circle.exchange()
        station.memory = SegmentMemory()
        try station.collect(empty)
        try station.publish(empty)
        #expect(try station.publish(empty).files.isEmpty)
        var reader = Station(circle.log(9), in: circle)
        try reader.collect(empty)
        #expect(
            Set(reader.logs.values).isSuperset(of: [log(mark: 0).bytes, log(mark: 1).bytes]))
    }

    @Test func `of more than nine histories only one that parts before the others is taken in`()
        throws
    {
        let exchange = try circle.exchange()
        var station = Station(circle.log(8), in: circle)
        func takeIn(_ log: LogBuilder) throws -> Int {
            _ = try exchange.write(circle.segment(log, 1, 4), in: .segments)
            return try station.collect(exchange).growths.count
        }
        for mark in 0..<9 as Range<UInt8> { #expect(try takeIn(log(mark: mark)) == 1) }
        #expect(try takeIn(log(mark: 9)) == 0)
        #expect(try takeIn(log(mark: 10, from: 2)) == 1)
        #expect(try takeIn(log(mark: 11, from: 2)) == 0)
        #expect(try takeIn(log(mark: 12, from: 3)) == 0)
        #expect(try takeIn(log(mark: 13, from: 1)) == 1)
        #expect(try takeIn(log(mark: 14, from: 1)) == 0)
    }

    @Test func `a history too many is read again only once what is held of its log has changed`()
        throws
    {
        let exchange = try circle.exchange()
        var station = Station(circle.log(8), in: circle)
        for mark in 0..<9 as Range<UInt8> {
            _ = try exchange.write(circle.segment(log(mark: mark), 1, 4), in: .segments)
        }
        try station.collect(exchange)
        let name = try exchange.write(circle.segment(log(mark: 9), 1, 4), in: .segments)
        func outcome() throws -> FileOutcome? {
            try station.collect(exchange).files.first { $0.name == name }?.outcome
        }
        let left = FileOutcome.setAside(.remembered(FileFault.tooManyHistories.sentence))
        #expect(try outcome() == .setAside(.tooManyHistories))
        #expect(try outcome() == left)
        let history = try #require(station.logs.keys.sorted().last { $0.contains("-") })
        station.files.takeAway(history)
        #expect(try outcome() != left)
        #expect(station.logs.values.contains(log(mark: 9).bytes))
    }

    @Test func `nothing of another history is taken in before unsigned entries made room`() throws {
        let exchange = try circle.exchange()
        var own = LogBuilder(TestDevice(2), in: circle.id)
        for _ in 1...2 {
            own.append(1)
            own.seal()
        }
        own.append(1, mark: 1)
        let name = try exchange.write(circle.segment(log(mark: 0), 1, 4), in: .segments)
        var station = Station(own, in: circle)
        let collected = try station.collect(exchange)
        guard case .forked(let fork)? = collected.files.first(where: { $0.name == name })?.outcome
        else {
            Issue.record("no fork but \(collected.files)")
            return
        }
        #expect(fork.seq == 3)
        #expect(fork.isFirst)
        #expect(collected.growths.isEmpty)
    }
}
