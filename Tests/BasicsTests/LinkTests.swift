// SPDX-License-Identifier: MIT
import Basics
import Testing

@Suite struct LinkTests {
    private static let log = LogID(Bytes16(high: 6, low: 6))
    private static let half = Bytes16(high: 7, low: 7)
    private static let links = [
        Link(own: 1), Link(own: .max), Link(EntryID(log: log, seq: 3)),
        Link(EntryID(log: log, seq: 3), chain: half),
    ]

    private func read(_ value: CBORValue) throws(CBORError) -> Link {
        try value.encoded.withRaw { raw throws(CBORError) in
            var reader = CBORReader(raw)
            let link = try Link(&reader)
            try reader.finish()
            return link
        }
    }

    @Test(arguments: links) func `a link is read as it was written`(link: Link) throws {
        #expect(try read(link.value) == link)
        #expect(Link(link.value) == link)
        var writer = CBORWriter()
        link.write(to: &writer)
        #expect(writer.bytes == link.value.encoded)
    }

    @Test func `what has another form is no link`() {
        let (log, half) = (CBORValue.bytes(Self.log.bytes.array), CBORValue.bytes(Self.half.array))
        let odd: [CBORValue] = [
            .null, .text("W01-1"), .unsigned(3), .array([]), .array([log]), .map([:]),
            .array([log, .unsigned(0)]), .array([.unsigned(0), .unsigned(0)]),
            .array([.unsigned(1), .unsigned(1)]), .array([.unsigned(0), .unsigned(1), half]),
            .array([log, .negative(-1)]), .array([log, .unsigned(1), .null]),
            .array([log, .unsigned(1), .bytes([1])]), .array([.bytes([1]), .unsigned(1)]),
            .array([log, .unsigned(1), half, half]), .array([.null, .unsigned(1)]),
        ]
        for value in odd {
            #expect(throws: CBORError.unexpectedType) { try read(value) }
            #expect(Link(value) == nil)
        }
    }

    @Test func `0 stands for the log of the author`() {
        let id = EntryID(log: Self.log, seq: 3)
        let split = EntryID(log: Self.log, seq: 3, branch: Self.half)
        #expect(Link(split, in: Self.log) == Link(own: 3))
        #expect(Link(split, in: LogID(Self.half)) == Link(id, chain: Self.half))
        #expect(Link(own: 3).entry(in: Self.log) == id)
        let author = LogID(Bytes16(high: 1, low: 1))
        #expect(Link(id, in: author) == Link(id))
        #expect(Link(id).entry(in: author) == id)
    }

    @Test func `a pinned entry is read as it was written`() throws {
        let pinned = PinnedEntry(log: Self.log, seq: 0, chain: Self.half)
        #expect(PinnedEntry(pinned.value) == pinned)
        var writer = CBORWriter()
        pinned.write(to: &writer)
        let read = try writer.bytes.withRaw { raw throws(CBORError) in
            var reader = CBORReader(raw)
            return try PinnedEntry(&reader)
        }
        #expect(read == pinned)
        #expect(PinnedEntry(.array([.unsigned(0), .unsigned(1), .bytes([])])) == nil)
    }
}
