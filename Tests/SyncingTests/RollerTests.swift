// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct RollerTests {
    private let circle = Circle()

    /// An exchange with one file for each of the log's entries.
    private func exchange(
        _ stick: MemoryFiles, _ log: LogBuilder, without missing: UInt64? = nil
    ) throws -> Exchange {
        let exchange = try circle.exchange(stick)
        for seq in 1...log.position.tip.seq where seq != missing {
            _ = try exchange.write(circle.segment(log, seq, seq), in: .segments)
        }
        return exchange
    }

    private func expectWhole(_ log: LogBuilder, in exchange: Exchange) throws {
        var reader = Station(circle.log(9), in: circle)
        try reader.collect(exchange)
        #expect(reader.logs["logs/\(log.log.id.hex).log"] == log.bytes)
    }

    @Test func `many small files become one that holds all of them`() throws {
        let stick = MemoryFiles()
        let log = circle.log(2, batches: 17)
        let exchange = try exchange(stick, log)
        var station = Station(log, in: circle)
        try station.collect(exchange)
        let rolled = try station.roll(exchange)
        #expect(rolled.removed.count == 17)
        #expect(try exchange.list(.segments).map { $0.name } == rolled.written)
        #expect(rolled.written.count == 1)
        try expectWhole(log, in: exchange)
        #expect(try station.roll(exchange).written.isEmpty)
        #expect(try station.publish(exchange).files.isEmpty)
    }

    @Test func `sixteen files are let be`() throws {
        let log = circle.log(2, batches: 16)
        let exchange = try exchange(MemoryFiles(), log)
        var station = Station(log, in: circle)
        try station.collect(exchange)
        #expect(try station.roll(exchange).removed.isEmpty)
        #expect(try exchange.list(.segments).count == 16)
    }

    @Test func `files with a gap between them are no run`() throws {
        let log = circle.log(2, batches: 20)
        let exchange = try exchange(MemoryFiles(), log, without: 10)
        var station = Station(log, in: circle)
        try station.collect(exchange)
        #expect(try station.roll(exchange).removed.isEmpty)
    }

    @Test func `only what was decoded and says the same is removed`() throws {
        let stick = MemoryFiles()
        let log = circle.log(2, batches: 20)
        let exchange = try exchange(stick, log)
        var station = Station(log, in: circle)
        try station.collect(exchange)
        let names = try exchange.list(.segments).map { $0.name }
        let other = circle.log(3, batches: 2)
        let strange = try circle.segment(other, 1, 2)
        stick.put(strange, at: "x/segments/\(names[4])")
        stick.put([1, 2, 3], at: "x/segments/notes.txt")
        let rolled = try station.roll(exchange)
        #expect(rolled.removed.contains(names[4]) == false)
        #expect(stick.bytesByPath["x/segments/\(names[4])"] == strange)
        #expect(stick.bytesByPath["x/segments/notes.txt"] == [1, 2, 3])
    }

    @Test func `copies that a sync service made are rolled too`() throws {
        let stick = MemoryFiles()
        let log = circle.log(2, batches: 17)
        let exchange = try exchange(stick, log)
        for file in try exchange.list(.segments) {
            let bytes = try exchange.read(file.name, in: .segments, limit: file.size)
            stick.put(bytes, at: "x/segments/\(file.name).sync-conflict-1.segment")
        }
        var station = Station(log, in: circle)
        try station.collect(exchange)
        #expect(try station.roll(exchange).removed.count == 34)
        try expectWhole(log, in: exchange)
    }

    @Test func `large files are not rolled again and again`() throws {
        let stick = MemoryFiles()
        var log = LogBuilder(TestDevice(2), in: circle.id)
        for _ in 1...18 {
            for _ in 1...5 { log.append(1, bodySize: 60_000) }
            log.seal()
        }
        let exchange = try circle.exchange(stick)
        for run in UInt64(0)..<18 {
            let file = try circle.segment(log, run * 5 + 1, run * 5 + 5)
            _ = try exchange.write(file, in: .segments)
        }
        var station = Station(log, in: circle)
        try station.collect(exchange)
        let rolled = try station.roll(exchange)
        #expect(rolled.written.count == 2)
        #expect(try exchange.list(.segments).count == 2)
        #expect(try station.roll(exchange).written.isEmpty)
        try expectWhole(log, in: exchange)
    }
}
