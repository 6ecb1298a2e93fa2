// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Syncing
import Testing

@Suite struct SliceCheckTests {
    private let circle = Circle()
    private let log: LogBuilder

    init() { log = circle.log(2) }

    @Test func `every slice of a log meets every length of it as it should`() throws {
        for held in UInt64(0)...6 {
            for first in UInt64(1)...6 {
                for last in first...6 { try checkMeeting(first, last, held: held) }
            }
        }
    }

    private func checkMeeting(_ first: UInt64, _ last: UInt64, held seq: UInt64) throws {
        let held = seq == 0 ? nil : try log.held(through: seq)
        let verdict = try SliceCheck.verdict(
            Slice(circle.slice(log, first, last)), in: circle.id, holding: held)
        if first > seq + 1 {
            #expect(verdict == .waiting(SeqRange(first: seq + 1, last: first - 1)))
        } else if last <= seq {
            #expect(verdict == .alreadyHeld(SliceHeld(SeqRange(first: first, last: last))))
        } else {
            guard case .new(let growth) = verdict else {
                Issue.record("\(first) to \(last) after \(seq): \(verdict)")
                return
            }
            let before = held.map { $0.view.copy(0...) } ?? Frame.logMagic
            let whole = try log.held(through: last)
            #expect(before + growth.frames == whole.view.copy(0...))
            #expect(growth.range == SeqRange(first: seq + 1, last: last))
            #expect(growth.tip == whole.tip)
        }
    }

    @Test func `a slice that is flipped anywhere in its frames is never new from there on`() throws
    {
        let bytes = try circle.slice(log, 3, 4)
        let held = try log.held(through: 2)
        for place in bytes.indices {
            for mask: UInt8 in [0x01, 0x80, 0xff] {
                var changed = bytes
                changed[place] ^= mask
                guard let slice = try? Slice(changed), slice.log == log.log.id else { continue }
                let verdict = SliceCheck.verdict(slice, in: circle.id, holding: held)
                guard case .new(let growth) = verdict else { continue }
                // Where the last body is another, the slice ends at the seal before it.
                #expect(growth.range.last == 3, "the change at \(place) was not found")
                #expect(bytes.contains(growth.frames))
            }
        }
        #expect(try verdict(bytes, held) != .waiting(SeqRange(first: 1, last: 2)))
    }

    @Test func `a slice that is cut at any length is never new`() throws {
        let bytes = try circle.slice(log, 1, 2)
        for length in bytes.indices {
            guard let slice = try? Slice(Array(bytes.prefix(length))) else { continue }
            let verdict = SliceCheck.verdict(slice, in: circle.id, holding: nil)
            guard case .new(let growth) = verdict else { continue }
            // It may end at the seal before: then it is a whole slice itself.
            #expect(growth.range.last < 2)
        }
    }

    @Test func `two signed histories are a fork, wherever they part`() throws {
        for parting in 0..<6 {
            let other = fork(after: parting)
            for last in UInt64(1)...6 {
                let verdict = try SliceCheck.verdict(
                    Slice(circle.slice(other, 1, last)), in: circle.id,
                    holding: log.held(through: 6))
                if last <= parting {
                    #expect(verdict == .alreadyHeld(SliceHeld(SeqRange(first: 1, last: last))))
                } else {
                    try expectFork(verdict, at: UInt64(parting) + 1, other)
                }
            }
        }
    }

    @Test func `a slice whose log parted before it shows the fork at the place before it`() throws {
        let other = fork(after: 2)
        let verdict = try SliceCheck.verdict(
            Slice(circle.slice(other, 5, 6)), in: circle.id, holding: log.held(through: 4))
        try expectFork(verdict, at: 4, other)
    }

    @Test func `the first slice of another log is of another partnership`() throws {
        let stranger = LogBuilder(TestDevice(9), in: nil, batches: 2)
        let verdict = try verdict(circle.slice(stranger, 1, 2), nil)
        #expect(verdict == .setAside(.otherPartnership))
    }

    @Test func `the own log counts to its last batch, sealed or not`() throws {
        var own = try ownLog(through: 4)
        let before = own.bytes
        own.append()
        own.seal()
        let slice = try Slice(circle.slice(own, 1, 5))
        var unsealed = try ownLog(through: 4)
        #expect(unsealed.bytes == before)
        let verdict = SliceCheck.verdict(slice, in: circle.id, holding: unsealed.held(isOwn: true))
        guard case .new(let growth) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(unsealed.bytes + growth.frames == own.bytes)
        unsealed.append(1, mark: 5)
        let after = SliceCheck.verdict(slice, in: circle.id, holding: unsealed.held(isOwn: true))
        try expectFork(after, at: 5, own)
    }

    private func ownLog(through seq: UInt64) throws -> LogBuilder {
        var builder = LogBuilder(TestDevice(3), in: circle.id)
        builder.append()
        builder.seal()
        for _ in 1..<seq { builder.append() }
        return builder
    }

    private func fork(after parting: Int) -> LogBuilder {
        var builder = LogBuilder(TestDevice(2), in: circle.id)
        for place in 0..<6 {
            builder.append(1, mark: place >= parting ? 1 : 0)
            builder.seal()
        }
        return builder
    }

    private func verdict(_ slice: [UInt8], _ held: HeldLog?) throws -> SliceVerdict {
        SliceCheck.verdict(try Slice(slice), in: circle.id, holding: held)
    }

    private func expectFork(_ verdict: SliceVerdict, at seq: UInt64, _ other: LogBuilder) throws {
        guard case .forked(let fork) = verdict else {
            Issue.record("no fork but \(verdict)")
            return
        }
        #expect(fork.seq == seq)
        #expect(fork.other == (try other.chain(at: seq)))
        #expect(fork.held != fork.other)
    }
}

extension LogBuilder {
    /// The chain value after entry `seq`.
    func chain(at seq: UInt64) throws -> Bytes32? {
        try bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            while scanner.position.tip.seq < seq, try scanner.next() != nil {}
            return scanner.entries.first { $0.header.seq == seq }?.chain
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
