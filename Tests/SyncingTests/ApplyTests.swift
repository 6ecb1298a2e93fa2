// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct ApplyTests {
    private let circle = Circle()

    @Test func `bytes after a copy's last seal are kept aside before they are cut`() throws {
        let log = circle.log(2)
        let path = "logs/\(log.log.id.hex).log"
        let exchange = try circle.exchange()
        _ = try exchange.write(circle.segment(log, 1, 6), in: .segments)
        var station = Station(circle.log(4), in: circle)
        let tail: [UInt8] = [2, 200, 0, 0, 0, 130]
        station.files.put(try log.held(through: 2).view.copy(0...) + tail, at: path)
        try station.collect(exchange)
        #expect(station.logs[path] == log.bytes)
        let aside = station.files.paths(under: "set-aside")
        #expect(aside.compactMap { station.files.bytesByPath[$0] } == [tail])
    }

    @Test func `a file that is no log any more is kept aside and taken in anew`() throws {
        let log = circle.log(2)
        let path = "logs/\(log.log.id.hex).log"
        let station = Station(circle.log(4), in: circle)
        let exchange = try circle.exchange()
        _ = try exchange.write(circle.segment(log, 1, 6), in: .segments)
        station.files.put([0, 0, 0], at: path)
        let collected = try Collector(keys: circle.ring).collect(
            from: exchange, holding: [], knowing: SegmentMemory())
        try collected.apply(to: "logs", aside: "set-aside", files: station.files)
        #expect(station.logs[path] == log.bytes)
        #expect(station.files.paths(under: "set-aside").count == 1)
    }

    @Test func `a log that has grown meanwhile is not touched if it is the own one`() throws {
        let whole = circle.log(4)
        let exchange = try circle.exchange()
        _ = try exchange.write(circle.segment(whole, 1, 6), in: .segments)
        let station = Station(whole, in: circle)
        station.files.put(
            try whole.held(through: 2).view.copy(0...), at: station.ownName)
        let collected = try Collector(keys: circle.ring).collect(
            from: exchange, holding: station.held(), knowing: SegmentMemory())
        #expect(collected.growths.map { $0.isOwn } == [true])
        let grown = try whole.held(through: 3).view.copy(0...)
        station.files.put(grown, at: station.ownName)
        #expect(throws: Failure.self) {
            try collected.apply(to: "logs", aside: "set-aside", files: station.files)
        }
        #expect(station.logs[station.ownName] == grown)
    }

    @Test func `a copy that shrank meanwhile is not touched`() throws {
        let log = circle.log(2)
        let path = "logs/\(log.log.id.hex).log"
        let exchange = try circle.exchange()
        _ = try exchange.write(circle.segment(log, 1, 6), in: .segments)
        let station = Station(circle.log(4), in: circle)
        station.files.put(try log.held(through: 3).view.copy(0...), at: path)
        let collected = try Collector(keys: circle.ring).collect(
            from: exchange, holding: station.held(), knowing: SegmentMemory())
        let shrunk = try log.held(through: 1).view.copy(0...)
        station.files.put(shrunk, at: path)
        #expect(throws: Failure.self) {
            try collected.apply(to: "logs", aside: "set-aside", files: station.files)
        }
        #expect(station.logs[path] == shrunk)
    }

    @Test func `a damaged own log is healed from elsewhere, its rest kept aside`() throws {
        let whole = circle.log(4)
        let exchange = try circle.exchange()
        _ = try exchange.write(circle.segment(whole, 1, 6), in: .segments)
        let station = Station(whole, in: circle)
        var rotten = whole.bytes
        rotten[whole.ends[5] + 80] ^= 1
        station.files.put(rotten, at: station.ownName)
        let collected = try Collector(keys: circle.ring).collect(
            from: exchange, holding: station.held(), knowing: SegmentMemory())
        #expect(throws: Failure.self) {
            try collected.apply(to: "logs", aside: "set-aside", files: station.files)
        }
        #expect(station.logs[station.ownName] == rotten)
        try collected.apply(
            to: "logs", aside: "set-aside", damaged: [whole.log.id], files: station.files)
        #expect(station.logs[station.ownName] == whole.bytes)
        #expect(station.files.paths(under: "set-aside").count == 1)
    }
}
