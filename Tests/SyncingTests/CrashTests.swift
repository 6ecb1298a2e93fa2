// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

/// A crash in any call leaves a state from which repeating comes to the same end. A loop ends when
/// a whole run made fewer calls than the one that was to fail.
@Suite struct CrashTests {
    private let circle = Circle()

    private static let points: [CrashPoint] = [
        .before, .midway(keeping: 0), .midway(keeping: 60), .midway(keeping: 1_000_000),
        .zeroFilled(keeping: 0), .zeroFilled(keeping: 60), .after,
    ]

    /// What a device that holds nothing else reads from an exchange.
    private func read(_ stick: MemoryFiles) throws -> [String: [UInt8]] {
        var reader = Station(circle.log(9, batches: 1), in: circle)
        try reader.collect(Exchange(opening: "x", of: circle.id, files: stick))
        return reader.logs.filter { $0.key != reader.ownName }
    }

    @Test(arguments: points)
    func `publishing`(point: CrashPoint) throws {
        let (log, other) = (circle.log(2), circle.log(3))
        let wanted = ["logs/\(log.log.id.hex).log", "logs/\(other.log.id.hex).log"]
        for call in 1...60 {
            let stick = MemoryFiles()
            let exchange = try circle.exchange(stick)
            var station = Station(log, in: circle)
            station.files.put(other.bytes, at: wanted[1])
            let hasStruck = stick.strike(.crashes(point), atCall: call) {
                #expect(throws: Never.self) { try station.publish(exchange) }
            }
            stick.restart()
            for (path, bytes) in try read(stick) {
                #expect(bytes == station.files.bytesByPath[path])
            }
            try station.collect(exchange)
            try station.publish(exchange)
            #expect(try read(stick).keys.sorted() == wanted.sorted())
            let files = stick.bytesByPath
            try station.publish(exchange)
            #expect(stick.bytesByPath == files)
            if hasStruck == false { return }
        }
        Issue.record("publishing takes more calls than were tried")
    }

    @Test(arguments: points)
    func `rolling`(point: CrashPoint) throws {
        let log = circle.log(2, batches: 17)
        let segments = try (UInt64(1)...17).map { try circle.segment(log, $0, $0) }
        for call in 1...200 {
            let stick = MemoryFiles()
            let exchange = try circle.exchange(stick)
            for segment in segments { _ = try exchange.write(segment, in: .segments) }
            var station = Station(log, in: circle)
            try station.collect(exchange)
            let hasStruck = stick.strike(.crashes(point), atCall: call) {
                _ = try station.roll(exchange)
            }
            stick.restart()
            #expect(try read(stick).values.map { $0 } == [log.bytes])
            try station.collect(exchange)
            try station.publish(exchange)
            _ = try station.roll(exchange)
            #expect(try read(stick).values.map { $0 } == [log.bytes])
            #expect(try exchange.list(.segments).count <= 18)
            if hasStruck == false { return }
        }
        Issue.record("rolling takes more calls than were tried")
    }

    @Test(arguments: points)
    func `adding to the local copies`(point: CrashPoint) throws {
        let (log, other) = (circle.log(2), circle.log(3))
        let exchange = try circle.exchange()
        _ = try exchange.write(circle.segment(log, 1, 6), in: .segments)
        _ = try exchange.write(circle.segment(other, 1, 6), in: .segments)
        for call in 1...60 {
            var station = Station(circle.log(4), in: circle)
            station.files.put(
                try other.held(through: 2).view.copy(0...), at: "logs/\(other.log.id.hex).log")
            let hasStruck = try station.collect(exchange, crashing: point, atCall: call)
            #expect(station.logs["logs/\(log.log.id.hex).log"] == log.bytes)
            #expect(station.logs["logs/\(other.log.id.hex).log"] == other.bytes)
            #expect(station.logs[station.ownName] == station.own.bytes)
            if hasStruck == false { return }
        }
        Issue.record("adding takes more calls than were tried")
    }

    @Test func `a failure anywhere in a sync is made good by the next`() throws {
        let log = circle.log(2, batches: 3)
        for call in 1...30 {
            for fault in [Fault.fails(.other), .fails(.full), .stopsShort(keeping: 30)] {
                let stick = MemoryFiles()
                let exchange = try circle.exchange(stick)
                var station = Station(log, in: circle)
                _ = try exchange.write(
                    circle.segment(circle.log(3), 1, 6), in: .segments)
                stick.plan(fault, atCall: call)
                _ = try? station.collect(exchange)
                _ = try? station.publish(exchange)
                stick.restart()
                try station.collect(exchange)
                try station.publish(exchange)
                #expect(try read(stick) == station.logs)
                #expect(station.logs.count == 2)
            }
        }
    }
}
