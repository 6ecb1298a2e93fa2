// SPDX-License-Identifier: MIT
import Basics
import Testing

@Suite struct CBORTests {
    private func error(_ hex: String) -> CBORError? {
        guard let bytes = Hex.bytes(hex) else { return nil }
        return error(bytes)
    }

    private func error(_ bytes: [UInt8]) -> CBORError? {
        do throws(CBORError) {
            _ = try CBORValue(bytes)
            return nil
        } catch {
            return error
        }
    }

    private static let values: [CBORValue] = [
        .unsigned(0), .unsigned(23), .unsigned(24), .unsigned(255), .unsigned(256),
        .unsigned(65_535), .unsigned(65_536), .unsigned(1 << 32 - 1), .unsigned(1 << 32),
        .unsigned(.max), .negative(-1), .negative(-24), .negative(-25), .negative(.min),
        .bytes([]), .bytes([0, 255]), .bytes([UInt8](repeating: 1, count: 65_536)),
        .text(""), .text("é"), .text(String(repeating: "x", count: 65_536)),
        .array([]), .map([:]), .bool(true), .bool(false), .null,
        .array([.array([.null]), .unsigned(1)]),
        .map([.text("a"): .null, .unsigned(7): .array([]), .text("bb"): .map([:])]),
    ]

    @Test(arguments: values)
    func `what is written is read, and has one form`(value: CBORValue) throws {
        #expect(try CBORValue(value.encoded) == value)
        for length in value.encoded.indices where length < 100 {
            #expect(error(Array(value.encoded.prefix(length))) == .endsEarly)
        }
        #expect(error(value.encoded + [0]) == .trailingBytes)
    }

    @Test func `every head of one and two bytes is valid, or has its reason`() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                guard let value = try? CBORValue([first, second]) else { continue }
                #expect(value.encoded == [first, second])
            }
            let isOneByteItem =
                switch first {
                case 0x00...0x17, 0x20...0x37, 0x40, 0x60, 0x80, 0xa0, 0xf4...0xf6: true
                default: false
                }
            #expect((error([first]) == nil) == isOneByteItem)
        }
    }

    @Test func `integers and lengths have their shortest form`() {
        let longer = [
            "1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff",
            "1b0000000000000000", "1b00000000ffffffff", "3817", "5800", "7801" + "61", "980100",
            "b800",
        ]
        for hex in longer { #expect(error(hex) == .notShortest, "\(hex)") }
    }

    @Test func `nothing has an indefinite length`() {
        for hex in ["5fff", "7fff", "9fff", "bfff", "1f", "3f"] {
            #expect(error(hex) == .indefinite, "\(hex)")
        }
        #expect(error("ff") != nil)
    }

    @Test func `there are no tags, floats, undefined or other simple values`() {
        for hex in [
            "c000", "d81800", "f7", "f90000", "fa00000000", "fb0000000000000000", "e0",
            "f0", "f820", "f3",
        ] {
            #expect(error(hex) == .unsupported, "\(hex)")
        }
    }

    @Test func `no head that is reserved is read`() {
        for major in UInt8(0)...7 {
            for low in UInt8(28)...30 { #expect(error([major << 5 | low]) == .unsupported) }
        }
    }

    @Test func `negative integers go down to the least of 64 bits`() {
        #expect(error("3b7fffffffffffffff") == nil)
        #expect(error("3b8000000000000000") == .outOfRange)
        #expect(error("3bffffffffffffffff") == .outOfRange)
    }

    @Test func `signed numbers lie within 64 bits`() throws {
        for value in [Int64.min, -1, 0, 1, .max] {
            var writer = CBORWriter()
            writer.signed(value)
            #expect(writer.bytes == CBORValue.integer(value).encoded)
            try writer.bytes.withRaw { raw throws(CBORError) in
                var reader = CBORReader(raw)
                let read = try reader.signed()
                #expect(read == value)
                try reader.finish()
            }
        }
        let large = CBORValue.unsigned(1 << 63).encoded
        #expect(throws: CBORError.outOfRange) {
            try large.withRaw { raw throws(CBORError) in
                var reader = CBORReader(raw)
                return try reader.signed()
            }
        }
    }

    @Test func `texts are valid UTF-8`() {
        let bad = [
            "6180", "61c3", "62c080", "62c1bf", "63e08080", "63eda080", "63edbfbf", "64f0808080",
            "64f4908080", "64f5808080", "61ff", "62c328", "63e228a1", "63e282" + "28",
            "64f0288cbc", "64f0908cbc".replacingLast("28"),
        ]
        for hex in bad { #expect(error(hex) == .notUTF8, "\(hex)") }
        for hex in ["62c3a9", "63e282ac", "64f09f9880", "64f48fbfbf", "63ed9fbf", "63ee8080"] {
            #expect(error(hex) == nil, "\(hex)")
        }
    }

    @Test func `strings have at most 65536 bytes`() {
        for head in [[0x5a, 0, 1, 0, 1], [0x7a, 0, 1, 0, 1]] as [[UInt8]] {
            #expect(error(head + [UInt8](repeating: 65, count: 65_537)) == .stringTooLong)
        }
    }

    @Test func `keys are in order, each once, texts or unsigned numbers`() {
        for hex in [
            "a2616200616100", "a2616100616100", "a201000000", "a2616100186400",
            "a262616100616200",
        ] {
            #expect(error(hex) == .keysOutOfOrder, "\(hex)")
        }
        for hex in ["a22000f600", "a1410000", "a1f600", "a1800000", "a1a00000", "a1f400"] {
            #expect(error(hex) == .badKey, "\(hex)")
        }
        for hex in ["a20000186400", "a2186400616100", "a2616100626161" + "00"] {
            #expect(error(hex) == nil, "\(hex)")
        }
    }

    @Test func `arrays and maps nest eight deep`() {
        func nested(_ depth: Int, _ open: [UInt8], _ last: [UInt8]) -> [UInt8] {
            Array(repeatElement(open, count: depth).joined()) + last
        }
        #expect(error(nested(7, [0x81], [0x80])) == nil)
        #expect(error(nested(8, [0x81], [0x00])) == nil)
        #expect(error(nested(8, [0x81], [0x80])) == .tooDeep)
        #expect(error(nested(8, [0xa1, 0x00], [0x00])) == nil)
        #expect(error(nested(8, [0xa1, 0x00], [0xa0])) == .tooDeep)
        #expect(error(nested(100_000, [0x81], [0x00])) == .tooDeep)
    }

    @Test func `nothing is allocated for more than is there`() {
        for hex in [
            "9b7fffffffffffffff", "bbffffffffffffffff", "bb8000000000000000", "9affffffff",
            "5a00010000", "7a00010000", "98ff00", "b90fff00",
        ] {
            #expect(error(hex) == .endsEarly, "\(hex)")
        }
    }

    @Test func `any three bytes are read to an end, and what is valid has one form`() {
        for seed in 0..<(1 << 24) where seed % 61 == 0 {
            let bytes = [
                UInt8(truncatingIfNeeded: seed >> 16), UInt8(truncatingIfNeeded: seed >> 8),
                UInt8(truncatingIfNeeded: seed),
            ]
            guard let value = try? CBORValue(bytes), value.encoded != bytes else { continue }
            Issue.record("\(Hex.text(bytes)) has two forms")
        }
    }

    @Test func `a map is written in the order of its keys' bytes, however it was made`() {
        let keys: [CBORValue] = [
            .unsigned(24), .text("a"), .text("aa"), .unsigned(3), .text("b"), .text(""),
        ]
        let map = CBORValue.map(Dictionary(uniqueKeysWithValues: keys.map { ($0, .null) }))
        #expect(Hex.text(map.encoded) == "a603f61818f660f66161f66162f6626161f6")
    }

    @Test func `two spellings of a letter are two keys, and two values`() throws {
        let (composed, apart) = (CBORValue.text("\u{e9}"), CBORValue.text("e\u{301}"))
        #expect(composed != apart)
        let map = CBORValue.map([composed: .unsigned(0), apart: .unsigned(1)])
        #expect(try CBORValue(map.encoded) == map)
        #expect(map.encoded.count == 10)
    }

    @Test func `a reader takes what it is asked for, or says that it is another thing`() throws {
        let bytes = CBORValue.array([.unsigned(1), .null, .bytes([1]), .text("a")]).encoded
        try bytes.withRaw { raw throws(CBORError) in
            var reader = CBORReader(raw)
            let taken = (
                try reader.array(), reader.takeNull(), try reader.unsigned(), reader.takeNull()
            )
            #expect(taken == (4, false, 1, true))
            var other = reader
            #expect((try? other.text()) == nil)
            let rest = (try reader.bytes(limit: 1).count, try reader.string())
            #expect(rest == (1, "a"))
            try reader.finish()
        }
    }
}

extension String {
    /// The same digits with the last ones put otherwise.
    fileprivate func replacingLast(_ digits: String) -> String {
        dropLast(digits.count) + digits
    }
}
