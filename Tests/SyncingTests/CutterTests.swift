// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct CutterTests {
    private let circle = Circle()

    private func cuts(_ held: HeldLog, _ range: SeqRange) throws -> [Cutter.Cut] {
        var cutter = Cutter(held, covering: range)
        var cuts: [Cutter.Cut] = []
        while let cut = try cutter.next() { cuts.append(cut) }
        return cuts
    }

    /// Some nine megabytes, sealed after every 900,000 bytes.
    private func large() -> LogBuilder {
        var builder = LogBuilder(TestDevice(2), in: circle.id)
        for batch in 1...150 {
            builder.append(1, bodySize: 60_000)
            if batch.isMultiple(of: 15) { builder.seal() }
        }
        return builder
    }

    @Test func `slices are as large as fits, join, and make the log again`() throws {
        let log = large()
        let cuts = try cuts(log.held(), SeqRange(first: 1, last: 150))
        #expect(cuts.map { $0.range.count } == [60, 60, 30])
        var bytes = Frame.logMagic
        var held: HeldLog?
        for cut in cuts {
            #expect(cut.slice.count + SegmentFile.overhead <= Limits.segment)
            let verdict = try SliceCheck.verdict(Slice(cut.slice), in: circle.id, holding: held)
            guard case .new(let growth) = verdict else {
                Issue.record("\(verdict)")
                return
            }
            bytes += growth.frames
            held = try HeldLog(scanning: FileView(copying: bytes))
        }
        #expect(bytes == log.bytes)
    }

    @Test func `a cut ends at the first seal that covers what is wanted`() throws {
        let log = large()
        for (first, last, cut) in [(1, 1, 1...15), (16, 16, 16...30), (20, 40, 20...45)] {
            let range = SeqRange(first: UInt64(first), last: UInt64(last))
            let wanted = SeqRange(first: UInt64(cut.lowerBound), last: UInt64(cut.upperBound))
            #expect(try cuts(log.held(), range).map { $0.range } == [wanted])
        }
    }

    @Test func `a cut begins where a batch does`() throws {
        var log = LogBuilder(TestDevice(2), in: circle.id)
        log.append(3)
        log.append(3)
        log.seal()
        log.append(3)
        log.seal()
        #expect(
            try cuts(log.held(), SeqRange(first: 5, last: 8)).map { $0.range }
                == [SeqRange(first: 4, last: 9)])
        #expect(
            try cuts(log.held(), SeqRange(first: 7, last: 9)).map { $0.range }
                == [SeqRange(first: 7, last: 9)])
    }

    @Test func `what no seal covers is not cut`() throws {
        var log = circle.log(2, batches: 2)
        log.append()
        #expect(
            try cuts(log.held(isOwn: true), SeqRange(first: 1, last: 3)).map { $0.range }
                == [SeqRange(first: 1, last: 2)])
        #expect(try cuts(log.held(isOwn: true), SeqRange(first: 3, last: 3)).isEmpty)
    }

    @Test func `checkpoints change nothing`() throws {
        let log = circle.log(2)
        let places = try (0..<6).map { try log.held(through: $0 + 1).position }
        for first in UInt64(1)...6 {
            let range = SeqRange(first: first, last: 6)
            let marked = HeldLog(
                log.log, at: log.position, in: FileView(copying: log.bytes), checkpoints: places)
            #expect(try cuts(marked, range) == cuts(log.held(), range))
        }
    }

    @Test func `a local copy that rotted is not cut into slices that all would refuse`() throws {
        let log = circle.log(2)
        var bytes = log.bytes
        bytes[log.ends[3] + 80] ^= 1
        let held = HeldLog(log.log, at: log.position, in: FileView(copying: bytes))
        var cutter = Cutter(held, covering: SeqRange(first: 1, last: 6))
        #expect(throws: Cutter.Trouble.self) { try cutter.next() }
    }

    @Test func `seals too far apart for any segment are said to be so`() throws {
        var log = LogBuilder(TestDevice(2), in: circle.id)
        for _ in 1...75 { log.append(1, bodySize: 60_000) }
        log.seal()
        var cutter = Cutter(log.held(), covering: SeqRange(first: 1, last: 75))
        #expect(throws: Cutter.Trouble.sealsTooFarApart) { try cutter.next() }
    }
}
