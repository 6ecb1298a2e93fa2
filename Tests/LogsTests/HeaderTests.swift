// SPDX-License-Identifier: MIT
import Basics
import Logs
import Testing

@Suite struct HeaderTests {
    private static let log = LogID(Bytes16(high: 5, low: 5))
    private static let other = LogID(Bytes16(high: 6, low: 6))
    private static let third = LogID(Bytes16(high: 7, low: 7))

    /// A good header of entry 7, with some of its items put otherwise.
    private static func header(_ changes: [Int: CBORValue] = [:]) -> [UInt8] {
        var items: [CBORValue] = [
            .unsigned(7), .unsigned(1 << 20), .text("case.opened"), .null, .array([]),
            .bytes([UInt8](repeating: 1, count: 32)),
        ]
        for (place, item) in changes.sorted(by: { $0.key < $1.key }) {
            if place < items.count { items[place] = item } else { items.append(item) }
        }
        return CBORValue.array(items).encoded
    }

    private static func element(
        _ log: LogID, _ seq: UInt64, chainLength: Int = 16
    ) -> CBORValue {
        .array([
            .bytes(log.bytes.array), .unsigned(seq),
            .bytes([UInt8](repeating: 9, count: chainLength)),
        ])
    }

    private func read(_ bytes: [UInt8]) throws(EntryError) -> EntryHeader {
        try bytes.withRaw { raw throws(EntryError) in try EntryHeader(raw, in: Self.log) }
    }

    private func read(_ changes: [Int: CBORValue]) throws(EntryError) -> EntryHeader {
        try read(Self.header(changes))
    }

    private func expectMalformed(_ changes: [Int: CBORValue], line: Int = #line) {
        #expect(throws: EntryError.headerMalformed(.unexpectedType), "line \(line)") {
            try read(changes)
        }
    }

    @Test func `a good header is read as it was written`() throws {
        let header = EntryHeader(
            place: (9, HybridTime(raw: 77)), type: "case.visited",
            subject: .other(EntryID(log: Self.other, seq: 3), branch: Bytes16(high: 1, low: 1)),
            base: [
                .except(log: Self.other, runs: [1...1, 3...4]),
                .seen(log: Self.other, seq: 4, chain: Bytes16(high: 2, low: 2)),
                .seen(log: Self.third, seq: 1, chain: Bytes16(high: 3, low: 3)),
            ],
            bodyDigest: nil)
        #expect(try read(header.encoded) == header)
        #expect(header.kind == "case")
    }

    @Test func `each kind of subject is read as it was written`() throws {
        let place = EntryID(log: Self.other, seq: 3)
        let subjects: [EntrySubject] = [
            .creates, .none, .own(seq: 1), .own(seq: 6), .other(place, branch: nil),
            .other(place, branch: Bytes16(high: 8, low: 8)),
        ]
        for subject in subjects {
            let header = EntryHeader(
                place: (7, HybridTime(raw: 1)), type: "a.b", subject: subject, bodyDigest: nil)
            #expect(try read(header.encoded).subject == subject)
        }
    }

    @Test func `a header is an array of six or more`() throws {
        expectMalformed6()
        #expect(try read([:]).isFromLaterVersion == false)
        #expect(try read([6: .null]).isFromLaterVersion)
        #expect(try read([6: .map([.text("x"): .array([])]), 7: .unsigned(1)]).isFromLaterVersion)
        #expect(throws: EntryError.headerMalformed(.unexpectedType)) {
            try read(CBORValue.map([:]).encoded)
        }
    }

    private func expectMalformed6() {
        let five = CBORValue.array([
            .unsigned(7), .unsigned(1), .text("case.opened"), .null, .array([]),
        ])
        #expect(throws: EntryError.headerMalformed(.unexpectedType)) { try read(five.encoded) }
    }

    @Test func `further items have to be valid, and nested no deeper than all else`() throws {
        var deep = CBORValue.null
        for _ in 0..<7 { deep = .array([deep]) }
        #expect(try read([6: deep]).isFromLaterVersion)
        #expect(throws: EntryError.headerMalformed(.tooDeep)) { try read([6: .array([deep])]) }
    }

    @Test func `nothing follows a header, and no end of it is missing`() {
        let good = Self.header()
        #expect(throws: EntryError.headerMalformed(.trailingBytes)) { try read(good + [0xf6]) }
        for length in good.indices {
            #expect(throws: EntryError.self) { try read(Array(good.prefix(length))) }
        }
    }

    @Test func `a header has at most 4096 bytes`() throws {
        let room = Limits.header - Self.header([6: .bytes([])]).count
        let filled = [UInt8](repeating: 0, count: room - 2)
        #expect(Self.header([6: .bytes(filled)]).count == Limits.header)
        #expect(try read([6: .bytes(filled)]).isFromLaterVersion)
        #expect(throws: EntryError.headerTooLong) { try read([6: .bytes(filled + [0])]) }
    }

    @Test func `a seq is unsigned and at least one`() throws {
        #expect(try read([0: .unsigned(.max)]).seq == .max)
        #expect(throws: EntryError.seqOutOfPlace) { try read([0: .unsigned(0)]) }
        expectMalformed([0: .negative(-1)])
        expectMalformed([0: .text("7")])
    }

    @Test func `a time is unsigned`() throws {
        #expect(try read([1: .unsigned(.max)]).time.raw == .max)
        expectMalformed([1: .negative(-1)])
        expectMalformed([1: .null])
    }

    @Test func `a type is two names with a dot between`() throws {
        for good in ["a.b", "case.opened", "a1-b.c-2", "a-.b-"] {
            #expect(try read([2: .text(good)]).type == good)
        }
        let bad = [
            "", ".", "a", "a.", ".b", "a.b.c", "A.b", "a.B", "1a.b", "a.1b", "-a.b", "a.-b",
            "a b.c", "a.b\n", "é.b", "a.b ",
        ]
        for text in bad { expectMalformed([2: .text(text)]) }
        expectMalformed([2: .bytes(Array("a.b".utf8))])
    }

    @Test func `a type has at most 48 bytes`() throws {
        let longest = "a." + String(repeating: "b", count: 46)
        #expect(try read([2: .text(longest)]).type == longest)
        expectMalformed([2: .text(longest + "b")])
    }

    @Test func `a record of the own log is earlier`() throws {
        #expect(try read([3: .unsigned(6)]).subject == .own(seq: 6))
        #expect(throws: EntryError.recordNotEarlier) { try read([3: .unsigned(7)]) }
        #expect(throws: EntryError.recordNotEarlier) { try read([3: .unsigned(.max)]) }
        expectMalformed([3: .bool(false)])
        expectMalformed([3: .text("6")])
    }

    @Test func `a record of another log is in another log, at one or more`() throws {
        let place = CBORValue.array([.bytes(Self.other.bytes.array), .unsigned(1)])
        #expect(
            try read([3: place]).subject == .other(EntryID(log: Self.other, seq: 1), branch: nil))
        let own = CBORValue.array([.bytes(Self.log.bytes.array), .unsigned(1)])
        #expect(throws: EntryError.recordNotElsewhere) { try read([3: own]) }
        let zero = CBORValue.array([.bytes(Self.other.bytes.array), .unsigned(0)])
        expectMalformed([3: zero])
        expectMalformed([3: .array([.bytes(Self.other.bytes.array)])])
        expectMalformed([3: .array([.bytes([1]), .unsigned(1)])])
        expectMalformed([3: Self.element(Self.other, 1, chainLength: 15)])
        expectMalformed([3: .array([.unsigned(1), .unsigned(1)])])
    }

    @Test func `a base is in the order of its items' bytes, each once`() throws {
        let (one, two) = (Self.element(Self.other, 1), Self.element(Self.third, 1))
        #expect(try read([4: .array([one, two])]).base.count == 2)
        #expect(throws: EntryError.baseOutOfOrder) { try read([4: .array([two, one])]) }
        #expect(throws: EntryError.baseOutOfOrder) { try read([4: .array([one, one])]) }
        let again = Self.element(Self.other, 2)
        #expect(try read([4: .array([one, again])]).base.map(\.log) == [Self.other, Self.other])
        expectMalformed([4: .null])
    }

    @Test func `an item of a base that has neither form is kept as it is`() throws {
        let odd: [CBORValue] = [
            Self.element(Self.log, 1), Self.element(Self.other, 0), .null, .array([]),
            Self.element(Self.other, 1, chainLength: 17), .text("later"),
            .array([.bytes(Self.other.bytes.array), .unsigned(1)]),
            Self.exception(Self.log, [(1, 2)]), Self.exception(Self.other, []),
            Self.exception(Self.other, [(0, 2)]), Self.exception(Self.other, [(3, 2)]),
            Self.exception(Self.other, [(1, 2), (3, 4)]),
            Self.exception(Self.other, [(3, 4), (1, 1)]),
            Self.exception(Self.other, [(1, .max - 1), (.max, .max)]),
        ]
        for item in odd {
            let bytes = Self.header([4: .array([item])])
            #expect(try read(bytes).base == [.other(item.encoded)])
            #expect(try read(bytes).encoded == bytes)
            #expect(try read(bytes).isFromLaterVersion == false)
        }
    }

    @Test func `exceptions are runs that rise and do not touch`() throws {
        let runs: [[ClosedRange<UInt64>]] = [
            [1...1], [1...2, 4...4], [3...(.max)], [1...(.max - 2), (.max)...(.max)],
        ]
        for list in runs {
            let item = Self.exception(Self.other, list.map { ($0.lowerBound, $0.upperBound) })
            #expect(try read([4: .array([item])]).base == [.except(log: Self.other, runs: list)])
        }
    }

    private static func exception(_ log: LogID, _ runs: [(UInt64, UInt64)]) -> CBORValue {
        .array([
            .bytes(log.bytes.array),
            .array(runs.map { .array([.unsigned($0.0), .unsigned($0.1)]) }),
        ])
    }

    @Test func `a base has at most 64 elements`() throws {
        let many = (0..<65).map { number in
            Self.element(LogID(Bytes16(high: 100, low: UInt64(number))), 1)
        }
        #expect(try read([4: .array(Array(many.prefix(64)))]).base.count == 64)
        #expect(throws: EntryError.baseTooLong) { try read([4: .array(many)]) }
    }

    @Test func `a body digest is 32 bytes or null`() throws {
        #expect(try read([5: .null]).bodyDigest == nil)
        expectMalformed([5: .bytes([UInt8](repeating: 1, count: 31))])
        expectMalformed([5: .bytes([UInt8](repeating: 1, count: 33))])
        expectMalformed([5: .text("none")])
        expectMalformed([5: .bool(false)])
    }

    @Test func `any bytes are read to an end`() {
        let good = Self.header([4: .array([Self.element(Self.other, 1)])])
        for place in good.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = good
                changed[place] = byte
                guard let header = try? read(changed) else { continue }
                #expect(header.isFromLaterVersion == false)
                #expect(header.encoded == changed)
            }
        }
    }
}
