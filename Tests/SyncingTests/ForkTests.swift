// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct ForkTests {
    private let circle = Circle()

    private func log(mark: UInt8) -> LogBuilder {
        var builder = LogBuilder(TestDevice(2), in: circle.id)
        for seq in 1...4 {
            builder.append(1, mark: seq > 2 ? mark : 0)
            builder.seal()
        }
        return builder
    }

    @Test func `a fork is found with both chain values, and found again from memory`() throws {
        let exchange = try circle.exchange()
        let (kept, other) = (log(mark: 0), log(mark: 1))
        _ = try exchange.write(circle.segment(kept, 1, 4), in: .segments)
        var station = Station(circle.log(8), in: circle)
        try station.collect(exchange)
        let name = try exchange.write(circle.segment(other, 3, 4), in: .segments)
        let fork = Fork(
            log: kept.log.id, seq: 3, held: try #require(try kept.chain(at: 3)),
            other: try #require(try other.chain(at: 3)), isFirst: true)
        for _ in 0..<2 {
            let collected = try station.collect(exchange)
            let found = collected.files.first { $0.name == name }
            #expect(found?.outcome == .forked(fork))
            #expect(collected.growths.isEmpty)
        }
        #expect(station.logs["logs/\(kept.log.id.hex).log"] == kept.bytes)
    }

    @Test func `which history is taken first does not hang on names`() throws {
        let files = [
            try circle.segment(log(mark: 0), 1, 4), try circle.segment(log(mark: 1), 1, 4),
        ]
        let logs = try orders(files).map { order in
            let stick = MemoryFiles()
            for (place, file) in order.enumerated() {
                stick.put(file, at: "x/segments/\(place).segment")
            }
            stick.put(ExchangeMarker.encode(circle.id), at: "x/\(ExchangeMarker.name)")
            var station = Station(circle.log(8), in: circle)
            try station.collect(Exchange(opening: "x", of: circle.id, files: stick))
            return station.logs
        }
        #expect(logs[0] == logs[1])
    }

    @Test func `a forked range does not count as published`() throws {
        let exchange = try circle.exchange()
        let (own, other) = (log(mark: 0), log(mark: 1))
        _ = try exchange.write(circle.segment(other, 1, 4), in: .segments)
        var station = Station(own, in: circle)
        try station.collect(exchange)
        let published = try station.publish(exchange)
        #expect(published.files.map { $0.range } == [SeqRange(first: 1, last: 4)])
    }
}
