// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

/// Bodies that are absent or rotten, and bodies that come late.
@Suite struct BodyTests {
    /// Seqs 1 to 6 create a record each, in batches of two, one and three; 7 is about none.
    private let log: LogBuilder

    init() {
        var builder = LogBuilder(TestDevice(1), in: nil)
        builder.create(2)
        builder.seal()
        builder.create(1)
        builder.create(3, bodySize: 40)
        builder.append(1)
        builder.seal()
        log = builder
    }

    private static let subsets: [Set<UInt64>] = (0..<64).map { (mask: Int) -> Set<UInt64> in
        Set((UInt64(1)...6).filter { seq in mask & (1 << (Int(seq) - 1)) != 0 })
    }

    private func absent(_ bytes: [UInt8]) throws -> AbsentBodies {
        try bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            var absent = AbsentBodies()
            while let step = try scanner.next() {
                if step == .batch { for entry in scanner.entries { absent.add(entry) } }
            }
            #expect(scanner.position.tip == log.position.tip)
            #expect(scanner.isSealed)
            return absent
        }
    }

    private func bodies() throws -> [UInt64: [UInt8]] {
        try log.bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            var bodies: [UInt64: [UInt8]] = [:]
            while let step = try scanner.next() {
                guard step == .batch else { continue }
                for entry in scanner.entries {
                    bodies[entry.header.seq] = entry.body.map { Array($0) }
                }
            }
            return bodies
        }
    }

    @Test(arguments: [BodySpoiler.Deed.strip, .rot])
    func `bodies that are spoilt end no log, and are told by run`(deed: BodySpoiler.Deed) throws {
        for chosen in BodyTests.subsets {
            let spoilt = BodySpoiler.log(log.bytes, deed) { chosen.contains($0.seq) }
            let found = try absent(spoilt)
            let told = found.all.flatMap { Array($0.first...$0.last) }
            #expect(told == chosen.sorted())
            for seq in UInt64(1)...7 {
                #expect(found.isRotten(seq) == (deed == .rot && chosen.contains(seq)))
            }
            #expect(found.packed.withRaw { AbsentBodies(packed: $0) } == found)
        }
    }

    @Test(arguments: [BodySpoiler.Deed.strip, .rot])
    func `bodies put back make the bytes of the log again`(deed: BodySpoiler.Deed) throws {
        let bodies = try bodies()
        for chosen in BodyTests.subsets {
            let spoilt = BodySpoiler.log(log.bytes, deed) { chosen.contains($0.seq) }
            let some = bodies.filter { chosen.contains($0.key) }
            let filled = try spoilt.withRaw { raw throws(LogError) in
                try BodyFilling.filled(raw, with: some)
            }
            #expect(filled == log.bytes)
            // Of some of them alone, as much comes back.
            let half = some.filter { $0.key.isMultiple(of: 2) }
            let part = try spoilt.withRaw { raw throws(LogError) in
                try BodyFilling.filled(raw, with: half)
            }
            let rest = chosen.filter { $0.isMultiple(of: 2) == false }
            #expect(part == BodySpoiler.log(log.bytes, deed) { rest.contains($0.seq) })
        }
    }

    @Test func `a body that is not what the header says is put nowhere`() throws {
        let bodies = try bodies()
        let stripped = BodySpoiler.log(log.bytes) { $0.seq <= 6 }
        let swapped = [1: 2, 2: 1, 3: 4, 9: 9].reduce(into: [UInt64: [UInt8]]()) { all, pair in
            all[UInt64(pair.key)] = bodies[UInt64(pair.value)] ?? [0]
        }
        let filled = try stripped.withRaw { raw throws(LogError) in
            try BodyFilling.filled(raw, with: swapped)
        }
        #expect(filled == stripped)
    }

    @Test(arguments: [BodySpoiler.Deed.strip, .rot])
    func `without the body of an entry about no record a log ends before it`(
        deed: BodySpoiler.Deed
    ) throws {
        let reading = try LogReading(BodySpoiler.log(log.bytes, deed) { $0.seq == 7 })
        #expect(reading.error == .entry(.bodyNotHere))
        #expect(reading.position.tip.seq == 6)
        #expect(reading.position.sealedTip.seq == 2)
    }

    @Test func `a batch is written with the bodies that its headers name, or not at all`() {
        let tip = log.position.tip
        let entry = LogBuilder.entry(
            seq: 8, after: tip.time, bodySize: 4, mark: 0, subject: .creates)
        let rotten = EntryBytes(header: entry.header, body: (entry.body ?? []) + [0])
        #expect(throws: LogError.entry(.bodyMismatch)) {
            try CheckedBatch([rotten], after: tip, in: log.log.id)
        }
        let about = LogBuilder.entry(seq: 8, after: tip.time, bodySize: 4, mark: 0)
        #expect(throws: LogError.entry(.bodyNotHere)) {
            try CheckedBatch(
                [EntryBytes(header: about.header, body: nil)], after: tip, in: log.log.id)
        }
    }

    @Test func `runs of entries are cut and taken from each other`() {
        func runs(_ mask: Int) -> [SeqRange] {
            let seqs = (UInt64(1)...7).filter { seq in mask & (1 << (Int(seq) - 1)) != 0 }
            return SeqRange.joined(seqs.map { SeqRange(first: $0, last: $0) })
        }
        for mask in 0..<128 {
            for other in 0..<128 {
                #expect(SeqRange.subtracting(runs(other), from: runs(mask)) == runs(mask & ~other))
            }
            for first in 1...7 {
                for last in first...7 {
                    let window = (first...last).reduce(0) { $0 | (1 << ($1 - 1)) }
                    let range = SeqRange(first: UInt64(first), last: UInt64(last))
                    #expect(SeqRange.clipped(runs(mask), to: range) == runs(mask & window))
                }
            }
        }
    }
}
