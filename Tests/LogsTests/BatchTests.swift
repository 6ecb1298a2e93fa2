// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

@Suite struct BatchTests {
    private let start = LogBuilder(TestDevice(1), in: nil)
    private let first: EntryBytes
    private let second: EntryBytes

    init() {
        let zero = HybridTime(raw: 0)
        first = LogBuilder.entry(seq: 1, after: zero, bodySize: 4, mark: 0)
        second = LogBuilder.entry(seq: 2, after: HybridTime(raw: 5), bodySize: 4, mark: 0)
    }

    /// What reading a log comes to whose one batch has this payload.
    private func error(_ payload: [UInt8]) throws -> LogError? {
        try LogReading(start.bytes + Frame.bytes(.batch, payload)).error
    }

    private func error(_ entries: [EntryBytes], chain: Bytes32? = nil) throws -> LogError? {
        try error(Batch.payload(entries, chain: chain ?? tip(entries)))
    }

    private func tip(_ entries: [EntryBytes]) -> Bytes32 {
        entries.reduce(start.log.origin) { chain, entry in
            entry.header.withUnsafeBytes { Batch.link(chain, $0) }
        }
    }

    private func entry(_ header: EntryHeader, body: [UInt8]? = nil) -> EntryBytes {
        EntryBytes(header: header.encoded, body: body)
    }

    private func header(
        _ seq: UInt64, time: UInt64 = 1, digest: Bytes32? = nil, type: String = "a.b",
        subject: EntrySubject = .none
    ) -> EntryHeader {
        EntryHeader(
            place: (seq, HybridTime(raw: time)), type: type, subject: subject, bodyDigest: digest)
    }

    @Test func `a good batch is read`() throws {
        #expect(try error([first]) == nil)
        #expect(try error([first, second]) == nil)
    }

    @Test func `a batch begins at the seq after the last and has no gaps`() throws {
        #expect(try error([second]) == .entry(.seqOutOfPlace))
        #expect(try error([first, first]) == .entry(.seqOutOfPlace))
        #expect(try error([first, entry(header(3, time: 9))]) == .entry(.seqOutOfPlace))
    }

    @Test func `times grow, within a batch and from one to the next`() throws {
        #expect(try error([entry(header(1, time: 0))]) == .entry(.timeNotGrowing))
        let twice = [entry(header(1, time: 5)), entry(header(2, time: 5))]
        #expect(try error(twice) == .entry(.timeNotGrowing))
        var log = start
        log.append([entry(header(1, time: 5))])
        let next = [entry(header(2, time: 5))]
        let chain = next[0].header.withUnsafeBytes { Batch.link(log.position.tip.chain, $0) }
        let frame = Frame.bytes(.batch, Batch.payload(next, chain: chain))
        #expect(try LogReading(log.bytes + frame).error == .entry(.timeNotGrowing))
    }

    @Test func `the last number a seq can have is followed by none`() throws {
        let last = LogTip(seq: .max - 1, time: HybridTime(raw: 0), chain: start.log.origin)
        let entries = [entry(header(.max, time: 1)), entry(header(1, time: 2))]
        let frame = Frame.bytes(.batch, Batch.payload(entries, chain: tip(entries)))
        frame.withUnsafeBytes { raw in
            var scanner = LogScanner(
                raw, of: start.log,
                from: LogPosition(offset: 0, tip: last, sealedOffset: 0, sealedTip: last))
            #expect(throws: LogError.entry(.seqOutOfPlace)) { try scanner.next() }
            let verdict = TailCheck.verdict(raw, after: scanner.position, in: start.log)
            #expect(verdict == .torn(offset: 0))
        }
    }

    @Test func `a body may be absent or rotten, and its log still verifies`() throws {
        let body = EntryBody.bytes(salt: [UInt8](repeating: 1, count: 16), changes: [0xa0])
        let named = header(1, digest: EntryBody.digest(body), subject: .creates)
        #expect(try error([entry(named, body: body)]) == nil)
        #expect(try error([entry(named)]) == nil)
        #expect(try error([entry(named, body: body + [0])]) == nil)
        #expect(try error([entry(header(1))]) == nil)
        #expect(try error([entry(header(1), body: body)]) == .entry(.bodyUnasked))
    }

    @Test func `the body of an entry about no record is part of what the log means`() throws {
        let body = EntryBody.bytes(salt: [UInt8](repeating: 1, count: 16), changes: [0xa0])
        let digest = EntryBody.digest(body)
        #expect(try error([entry(header(1, digest: digest), body: body)]) == nil)
        #expect(try error([entry(header(1, digest: digest))]) == .entry(.bodyNotHere))
        #expect(
            try error([entry(header(1, digest: digest), body: body + [0])])
                == .entry(.bodyNotHere))
        #expect(try error([entry(header(1, digest: digest, type: "sealed.entry"))]) == nil)
    }

    @Test func `a batch with a body beyond its limit is not valid`() throws {
        let body = [UInt8](repeating: 0, count: Limits.body)
        func written(_ body: [UInt8]) -> [EntryBytes] {
            [entry(header(1, digest: EntryBody.digest(body)), body: body)]
        }
        #expect(try error(written(body)) == nil)
        #expect(try error(written(body + [0])) == .entry(.bodyTooLong))
        let tip = start.position.tip
        #expect(try CheckedBatch(written(body), after: tip, in: start.log.id).tip.seq == 1)
        #expect(throws: LogError.entry(.bodyTooLong)) {
            try CheckedBatch(written(body + [0]), after: tip, in: start.log.id)
        }
    }

    @Test func `what no reader takes is not put together`() {
        let tip = start.position.tip
        for bad in [[], [second], [first, first]] {
            #expect(throws: LogError.self) {
                try CheckedBatch(bad, after: tip, in: start.log.id)
            }
        }
    }

    @Test func `the chain value is that of the headers`() throws {
        #expect(try error([first], chain: start.log.origin) == .chainMismatch)
        #expect(try error([first, second], chain: tip([first])) == .chainMismatch)
    }

    @Test func `a payload is an array of pairs and 32 bytes, no more and no less`() throws {
        let good = Batch.payload([first], chain: tip([first]))
        #expect(try error([]) == .batchTooLong)
        #expect(try error(Array(good.suffix(32))) == .batchTooLong)
        #expect(try error(good.dropLast(32) + [0xf6] + good.suffix(32)) != nil)
        for length in good.indices { #expect(try error(Array(good.prefix(length))) != nil) }
        #expect(try error([0x80] + good.suffix(32)) == .batchMalformed(.unexpectedType))
        #expect(try error([0x81, 0x41, 0] + good.suffix(32)) == .batchMalformed(.unexpectedType))
    }

    @Test func `a batch has at most 10000 entries and its bytes`() throws {
        func many(_ count: Int) -> [EntryBytes] {
            (1...count).map { entry(header(UInt64($0), time: UInt64($0))) }
        }
        #expect(try error(many(Limits.batchEntries)) == nil)
        #expect(
            try error(many(Limits.batchEntries + 1)) == .batchMalformed(.unexpectedType))
        let large = [UInt8](repeating: 0, count: Limits.batchPayload + 1)
        #expect(try error(large) == .batchTooLong)
    }

    @Test func `an entry's place, body and chain value are given as they stand`() throws {
        var log = start
        log.append([first, second])
        try log.bytes.withRaw { raw throws(LogError) in
            var scanner = try LogScanner(raw)
            _ = try scanner.next()
            #expect(scanner.entries.map { $0.header.seq } == [1, 2])
            for (view, entry) in zip(scanner.entries, [first, second]) {
                #expect(view.body.map { Array($0) } == entry.body)
                let stored = raw[view.offset...].dropFirst(2).prefix(entry.header.count)
                #expect(Array(stored) == entry.header)
            }
            #expect(scanner.entries.last?.chain == log.position.tip.chain)
        }
    }
}
