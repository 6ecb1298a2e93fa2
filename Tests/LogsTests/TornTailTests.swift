// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

@Suite struct TornTailTests {
    private let log = LogBuilder.sample

    /// Where the frame starts that holds the byte at `place`; nil in the magic.
    private func frameStart(of place: Int) -> Int? {
        ([Frame.logMagic.count] + log.ends).last { $0 <= place }
    }

    @Test func `a log cut at any byte opens at the frame boundary before`() throws {
        for length in log.ends[0]..<log.bytes.count {
            let reading = try LogReading(Array(log.bytes.prefix(length)))
            let boundary = try #require(frameStart(of: length))
            #expect(reading.position.offset == boundary)
            let isClean = boundary == length
            #expect(reading.verdict == (isClean ? .clean : .torn(offset: boundary)))
        }
    }

    @Test func `a log cut in its last two batches keeps all that stands before`() throws {
        let secondLast = log.ends[log.ends.count - 3]
        for length in secondLast..<log.bytes.count {
            let reading = try LogReading(Array(log.bytes.prefix(length)))
            let seq: UInt64 = length < log.ends[log.ends.count - 2] ? 5 : 6
            #expect(reading.position.tip.seq == seq)
            #expect(reading.position.sealedTip.seq == 5)
        }
    }

    @Test func `zeros after the last batch, or in the middle of it, are a torn tail`() throws {
        let start = log.ends[log.ends.count - 2]
        for length in start...log.bytes.count {
            for zeros in [1, 4, 5, 6, 40, 4_096] {
                let bytes = log.bytes.prefix(length) + [UInt8](repeating: 0, count: zeros)
                guard bytes.starts(with: log.bytes) == false || length == log.bytes.count else {
                    continue
                }
                let reading = try LogReading(Array(bytes))
                let boundary = length == log.bytes.count ? length : start
                #expect(reading.verdict == .torn(offset: boundary))
            }
        }
    }

    @Test func `a batch begun again after a torn one is damage, not a torn tail`() throws {
        let start = log.ends[log.ends.count - 2]
        let last = Array(log.bytes[start...])
        for length in 1..<last.count {
            let reading = try LogReading(log.bytes.prefix(start) + last.prefix(length) + last)
            #expect(reading.verdict == .damaged(offset: start, standing: start + length))
        }
    }

    @Test(arguments: [0x01, 0x80, 0xff] as [UInt8])
    func `any single byte that is changed is found, and damage is never a torn tail`(
        mask: UInt8
    ) throws {
        let lastFrame = log.ends[log.ends.count - 2]
        for place in log.bytes.indices {
            var changed = log.bytes
            changed[place] ^= mask
            guard let reading = try? LogReading(changed) else {
                #expect(place < log.ends[0])
                continue
            }
            let boundary = max(frameStart(of: place) ?? 0, log.ends[0])
            #expect(reading.position.offset == boundary)
            #expect(reading.error != nil)
            switch reading.verdict {
            case .clean: Issue.record("the change at \(place) was not found")
            case .torn(let offset):
                #expect(place >= lastFrame)
                #expect(offset == lastFrame)
            case .damaged(let offset, let standing):
                #expect(place < lastFrame)
                #expect(offset == boundary)
                #expect(standing > offset)
            }
        }
    }

    @Test(arguments: [0x01, 0x80, 0xff] as [UInt8])
    func `a change in a log that ends in a seal is found`(mask: UInt8) throws {
        var sealed = log
        sealed.seal()
        let lastFrame = sealed.ends[sealed.ends.count - 2]
        for place in lastFrame..<sealed.bytes.count {
            var changed = sealed.bytes
            changed[place] ^= mask
            #expect(try LogReading(changed).verdict == .torn(offset: lastFrame))
        }
        for place in log.ends[log.ends.count - 2]..<lastFrame {
            var changed = sealed.bytes
            changed[place] ^= mask
            guard case .damaged = try LogReading(changed).verdict else {
                Issue.record("the change at \(place) is not called damage")
                continue
            }
        }
    }

    @Test func `a byte that is lost anywhere is found`() throws {
        for place in log.ends[0]..<log.bytes.count {
            var shorter = log.bytes
            shorter.remove(at: place)
            #expect(try LogReading(shorter).verdict != .clean)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a long tail that looks like frames everywhere is searched once`() throws {
        // Each 24 bytes look like a frame of many entries, all of which can be taken apart.
        let piece: [UInt8] =
            [2, 0, 0, 3, 0, 0x99, 0x4e, 0x20, 0x57] + [UInt8](repeating: 0x57, count: 15)
        let tail = (0..<4_000).flatMap { _ in piece }
        #expect(try LogReading(log.bytes + tail).verdict == .torn(offset: log.bytes.count))
        // Entries that carry on one from the other, with a frame's head before each and no end.
        var entries: [UInt8] = []
        for seq in UInt64(7)...1_500 {
            let entry = LogBuilder.entry(
                seq: seq, after: HybridTime(raw: 1_000_000), bodySize: 8, mark: 0)
            var writer = CBORWriter()
            writer.byteString(entry.header)
            writer.byteString([2, 0, 0, 6, 0, 0x99, 0x1f, 0] + (entry.body ?? []))
            entries += writer.bytes
        }
        #expect(try LogReading(log.bytes + entries).verdict == .torn(offset: log.bytes.count))
    }

    @Test func `a place that an earlier scan reached can be gone on from`() throws {
        for end in log.ends {
            let prefix = try LogReading(Array(log.bytes.prefix(end)))
            let position = try log.bytes.withRaw { raw throws(LogError) in
                var scanner = LogScanner(raw, of: log.log, from: prefix.position)
                while try scanner.next() != nil {}
                return scanner.position
            }
            #expect(position == log.position)
        }
    }
}
