// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct PublisherTests {
    private let circle = Circle()

    @Test func `publishing twice writes nothing the second time`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        var station = Station(circle.log(2), in: circle)
        let first = try station.publish(exchange)
        #expect(first.files.map { $0.range } == [SeqRange(first: 1, last: 6)])
        let files = stick.bytesByPath
        let second = try station.publish(exchange)
        #expect(second.files.isEmpty)
        #expect(second.sentence == "The exchange lacked nothing.")
        #expect(stick.bytesByPath == files)
    }

    @Test func `publishing without a memory makes the same file again`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        var station = Station(circle.log(2), in: circle)
        try station.publish(exchange)
        let files = stick.bytesByPath
        station.memory = SegmentMemory()
        try station.publish(exchange)
        #expect(stick.bytesByPath == files)
    }

    @Test func `only what the exchange lacks is published`() throws {
        let exchange = try circle.exchange()
        let log = circle.log(2)
        for (first, last) in [(2, 3), (5, 5)] as [(UInt64, UInt64)] {
            _ = try exchange.write(circle.segment(log, first, last), in: .segments)
        }
        var station = Station(log, in: circle)
        try station.collect(exchange)
        let published = try station.publish(exchange)
        #expect(
            published.files.map { $0.range } == [
                SeqRange(first: 1, last: 1), SeqRange(first: 4, last: 4),
                SeqRange(first: 6, last: 6),
            ])
        #expect(station.memory.ranges(of: log.log.id) == [SeqRange(first: 1, last: 6)])
    }

    @Test func `a stick carries the logs of others between two that never meet`() throws {
        let (near, far) = (try circle.exchange(), try circle.exchange())
        var first = Station(circle.log(2), in: circle)
        var courier = Station(circle.log(3), in: circle)
        var last = Station(circle.log(4), in: circle)
        try first.publish(near)
        try courier.collect(near)
        try courier.publish(far)
        try last.collect(far)
        #expect(last.logs[first.ownName] == first.own.bytes)
        #expect(last.logs[courier.ownName] == courier.own.bytes)
        try last.publish(far)
        try courier.collect(far)
        try courier.publish(near)
        try first.collect(near)
        #expect(first.logs == last.logs)
        #expect(courier.logs == last.logs)
    }

    @Test func `a name that other bytes have is left to them`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        let log = circle.log(2)
        let file = try circle.segment(log, 1, 6)
        let name = Exchange.name(of: file, in: .segments)
        stick.put([1, 2, 3], at: "x/segments/\(name)")
        var station = Station(log, in: circle)
        try station.publish(exchange)
        #expect(stick.bytesByPath["x/segments/\(name)"] == [1, 2, 3])
        var reader = Station(circle.log(3), in: circle)
        try reader.collect(exchange)
        #expect(reader.logs[station.ownName] == log.bytes)
    }

    @Test func `bad files under every name that was tried do not stop publishing`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        let log = circle.log(2)
        let name = Exchange.name(of: try circle.segment(log, 1, 6), in: .segments)
        let stem = name.dropLast("segment".count)
        let bad = [name, "\(stem)again.segment", "\(stem)again-2.segment"]
        for name in bad { stick.put([1, 2, 3], at: "x/segments/\(name)") }
        var station = Station(log, in: circle)
        #expect(try station.publish(exchange).failure == nil)
        for name in bad { #expect(stick.bytesByPath["x/segments/\(name)"] == [1, 2, 3]) }
        var reader = Station(circle.log(3), in: circle)
        try reader.collect(exchange)
        #expect(reader.logs[station.ownName] == log.bytes)
    }

    @Test func `a stick that keeps other bytes than it was given is found out`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        var station = Station(circle.log(2), in: circle)
        let before = stick.bytesByPath
        // Two calls list what is there, two make the folder, then the file is made.
        stick.plan(.storesOthers, atCall: 5)
        let published = try station.publish(exchange)
        #expect(published.failure?.kind == .damaged)
        #expect(published.files.isEmpty)
        #expect(stick.bytesByPath == before)
        #expect(try station.publish(exchange).files.count == 1)
    }

    @Test func `a full stick is said to be full, and the next sync goes on`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        var station = Station(circle.log(2), in: circle)
        stick.setRoom(200)
        let published = try station.publish(exchange)
        #expect(published.failure?.kind == .full)
        #expect(published.sentence.contains("next sync"))
        #expect(station.memory == SegmentMemory())
        stick.setRoom(nil)
        #expect(try station.publish(exchange).failure == nil)
    }

    @Test func `a log that cannot be read does not keep the others back`() throws {
        let exchange = try circle.exchange()
        let (rotten, good) = (circle.log(2), circle.log(3))
        var bytes = rotten.bytes
        bytes[rotten.ends[1] + 80] ^= 1
        let held = HeldLog(rotten.log, at: rotten.position, in: FileView(copying: bytes))
        let published = Publisher(exchange, keys: SliceKeys(circle.key)).publish(
            [held, good.held()], knowing: SegmentMemory())
        #expect(published.troubles.map { $0.log } == [rotten.log.id])
        #expect(published.files.map { $0.log } == [good.log.id])
    }
}

extension Station {
    var ownName: String { "logs/\(own.log.id.hex).log" }
}
