// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct CollectorTests {
    private let circle = Circle()
    private let log: LogBuilder
    private let other: LogBuilder
    private let station: Station

    init() {
        log = circle.log(2, batches: 5)
        other = circle.log(3, batches: 4)
        station = Station(circle.log(8, batches: 1), in: circle)
    }

    /// Six files of two logs: single entries, an overlap, and one that holds another.
    private func sixFiles() throws -> [[UInt8]] {
        [
            try circle.segment(log, 1, 2), try circle.segment(log, 2, 4),
            try circle.segment(log, 5, 5), try circle.segment(other, 1, 1),
            try circle.segment(other, 2, 3), try circle.segment(other, 1, 4),
        ]
    }

    private func expectAll(_ station: Station) {
        #expect(station.logs["logs/\(log.log.id.hex).log"] == log.bytes)
        #expect(station.logs["logs/\(other.log.id.hex).log"] == other.bytes)
        #expect(station.logs.count == 3)
    }

    @Test func `six files in any order of arrival come to the same logs`() throws {
        for order in try orders(sixFiles()) {
            let exchange = try circle.exchange()
            var station = Station(station.own, in: circle)
            for file in order {
                _ = try exchange.write(file, in: .segments)
                try station.collect(exchange)
            }
            expectAll(station)
        }
    }

    @Test func `six files in any order of names come to the same logs in one look`() throws {
        for order in try orders(sixFiles()) {
            let stick = MemoryFiles()
            let exchange = try circle.exchange(stick)
            for (place, file) in order.enumerated() {
                stick.put(file, at: "x/segments/\(place) (conflicted copy).segment")
            }
            var station = Station(station.own, in: circle)
            let collected = try station.collect(exchange)
            expectAll(station)
            #expect(collected.files.count == 6)
        }
    }

    @Test func `a second look finds nothing new and reads nothing again`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        for file in try sixFiles() { _ = try exchange.write(file, in: .segments) }
        var station = station
        try station.collect(exchange)
        let logs = station.logs
        let calls = stick.calls
        let again = try station.collect(exchange)
        #expect(again.growths.isEmpty)
        #expect(again.files.count == 6)
        #expect(stick.calls == calls + 2)
        #expect(station.logs == logs)
        let thorough = try station.collect(exchange, isThorough: true)
        #expect(stick.calls == calls + 10)
        #expect(thorough.growths.isEmpty)
        #expect(thorough.memory == again.memory)
    }

    @Test func `a memory of what is no longer held does not hide it`() throws {
        let exchange = try circle.exchange()
        for file in try sixFiles() { _ = try exchange.write(file, in: .segments) }
        var station = station
        try station.collect(exchange)
        var restored = Station(station.own, in: circle)
        restored.memory = station.memory
        try restored.collect(exchange)
        expectAll(restored)
    }

    @Test func `what waits is named, and is taken in when the gap is filled`() throws {
        let exchange = try circle.exchange()
        let late = try circle.segment(log, 3, 4)
        _ = try exchange.write(late, in: .segments)
        var station = station
        let first = try station.collect(exchange)
        #expect(
            first.files.map { $0.outcome }
                == [.waitingForEntries(log.log.id, SeqRange(first: 1, last: 2))])
        _ = try exchange.write(circle.segment(log, 1, 1), in: .segments)
        let second = try station.collect(exchange)
        #expect(
            second.files.contains {
                $0.outcome == .waitingForEntries(log.log.id, SeqRange(first: 2, last: 2))
            })
        _ = try exchange.write(circle.segment(log, 2, 2), in: .segments)
        let third = try station.collect(exchange)
        #expect(third.growths.map { $0.range } == [SeqRange(first: 2, last: 4)])
        #expect(
            try station.logs["logs/\(log.log.id.hex).log"]
                == log.held(through: 4).view.copy(0...))
    }

    @Test func `one bad file never stops the rest`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        for file in try sixFiles() { _ = try exchange.write(file, in: .segments) }
        let good = try circle.segment(log, 1, 5)
        let stranger = LogBuilder(TestDevice(9), in: nil, batches: 2)
        let foreign = try circle.segment(stranger, 1, 2)
        let locked = SegmentFile.encode(
            try circle.slice(log, 1, 1), with: EpochKey(Circle.bytes32(8)))
        let bad: [String: ([UInt8], FileOutcome)] = [
            "a": ([UInt8](repeating: 0, count: 5_000_000), .setAside(.tooLarge)),
            "b": (Array("not a segment".utf8), .setAside(.notASegment)),
            "c": (Array(good.dropLast()), .notHereYet),
            "d": (good.dropLast() + [0], .setAside(.altered)),
            "e": (foreign, .setAside(.otherPartnership)),
            "f": (locked, .waitingForKey(EpochKey(Circle.bytes32(8)).id)),
            "g": ([], .notHereYet),
        ]
        for (name, file) in bad { stick.put(file.0, at: "x/segments/\(name).segment") }
        var station = station
        let collected = try station.collect(exchange)
        expectAll(station)
        for (name, file) in bad {
            let found = collected.files.first { $0.name == "\(name).segment" }
            #expect(found?.outcome == file.1)
        }
        #expect(collected.files.allSatisfy { $0.outcome.sentence.hasSuffix(".") })
    }

    @Test func `a file that cannot be read is passed over and tried again`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        for file in try sixFiles() { _ = try exchange.write(file, in: .segments) }
        for call in 3...8 {
            var station = Station(station.own, in: circle)
            stick.plan(.fails(.other), atCall: call)
            let first = try station.collect(exchange)
            stick.restart()
            let unread = first.files.filter {
                if case .setAside(.unreadable) = $0.outcome { true } else { false }
            }
            #expect(unread.count == 1)
            try station.collect(exchange)
            expectAll(station)
        }
    }

    @Test func `a damaged file that is put right under its old name is read again`() throws {
        let stick = MemoryFiles()
        let exchange = try circle.exchange(stick)
        let file = try circle.segment(log, 1, 5)
        stick.put(file.dropLast(40) + [UInt8](repeating: 0, count: 40), at: "x/segments/a")
        var station = station
        let first = try station.collect(exchange)
        #expect(first.growths.isEmpty)
        stick.put(file, at: "x/segments/a")
        let second = try station.collect(exchange)
        #expect(second.growths.map { $0.range } == [SeqRange(first: 1, last: 5)])
    }

    @Test func `more than one look takes in is taken in by several`() throws {
        let exchange = try circle.exchange()
        let long = circle.log(4, batches: 12, bodySize: 1_000)
        for seq in UInt64(1)...12 {
            _ = try exchange.write(circle.segment(long, seq, seq), in: .segments)
        }
        var station = station
        var looks = 0
        var isPartial = true
        while isPartial, looks < 20 {
            let collected = try Collector(keys: circle.ring, byteLimit: 3_000).collect(
                from: exchange, holding: station.held(), knowing: station.memory)
            try collected.apply(to: "logs", aside: "set-aside", files: station.files)
            station.memory = collected.memory
            isPartial = collected.isPartial
            looks += 1
        }
        #expect(looks == 4)
        #expect(station.logs["logs/\(long.log.id.hex).log"] == long.bytes)
    }
}
