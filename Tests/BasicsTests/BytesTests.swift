// SPDX-License-Identifier: MIT
import Basics
import Testing

@Suite struct BytesTests {
    @Test func `hexadecimal text gives back its bytes, in either case`() {
        let all = Array(UInt8.min...UInt8.max)
        #expect(Hex.bytes(Hex.text(all)) == all)
        #expect(Hex.bytes(Hex.text(all).uppercased()) == all)
        #expect(Hex.text([0x0f, 0xa0]) == "0fa0")
        for bad in ["0", "0g", " 00", "0x", "é0"] { #expect(Hex.bytes(bad) == nil) }
    }

    @Test func `base 32 is that of RFC 4648 in lower case without padding`() {
        let known = [
            "": "", "f": "my", "fo": "mzxq", "foo": "mzxw6", "foob": "mzxw6yq",
            "fooba": "mzxw6ytb", "foobar": "mzxw6ytboi",
        ]
        for (plain, text) in known { #expect(Base32.text(Array(plain.utf8)) == text) }
        #expect(Base32.text([UInt8](repeating: 255, count: 20)).count == 32)
    }

    @Test func `ids are compared as their bytes are`() {
        let samples: [[UInt8]] = (0..<16).flatMap { place in
            ([1, 127, 128, 255] as [UInt8]).map { value in
                var bytes = [UInt8](repeating: 0, count: 16)
                bytes[place] = value
                return bytes
            }
        }
        for left in samples {
            for right in samples {
                guard let first = Bytes16(left), let second = Bytes16(right) else {
                    Issue.record("sixteen bytes are not taken")
                    return
                }
                #expect((first < second) == left.lexicographicallyPrecedes(right))
                #expect((first == second) == (left == right))
                let (long, other) = (Bytes32(left + right), Bytes32(right + left))
                guard let long, let other else { continue }
                #expect(
                    (long < other) == (left + right).lexicographicallyPrecedes(right + left))
            }
        }
    }

    @Test func `bytes go in and out unchanged, and only as many as there are`() {
        let bytes = (0..<32).map { UInt8($0 * 7) }
        #expect(Bytes32(bytes)?.array == bytes)
        #expect(Bytes16(bytes.prefix(16))?.array == Array(bytes.prefix(16)))
        #expect(Bytes32(hex: Hex.text(bytes))?.array == bytes)
        for count in [0, 15, 17, 31, 33] {
            let other = [UInt8](repeating: 1, count: count)
            #expect(Bytes16(other) == nil)
            #expect(Bytes32(other) == nil)
        }
    }
}

@Suite struct HybridTimeTests {
    private let hour = HybridTime.driftLimitMilliseconds

    @Test func `the next time is the clock's, or after the last and what was observed`() {
        let clock: UInt64 = 1_000_000_000
        let now = HybridTime(milliseconds: clock)
        let (early, late) = (HybridTime(milliseconds: 5), HybridTime(endOf: clock))
        for (last, observed, wanted) in [
            (early, early, now), (late, early, HybridTime(raw: late.raw + 1)),
            (early, late, HybridTime(raw: late.raw + 1)),
            (HybridTime(raw: late.raw + 9), late, HybridTime(raw: late.raw + 10)),
        ] {
            let next = HybridTime.next(clockMilliseconds: clock, last: last, observed: observed)
            #expect(next == wanted)
            #expect(next > last)
        }
    }

    @Test func `what was observed more than an hour ahead is not adopted`() {
        let clock: UInt64 = 1_000_000_000
        let limit = HybridTime(endOf: clock + hour)
        let beyond = HybridTime(milliseconds: clock + hour + 1)
        let none = HybridTime(raw: 0)
        #expect(
            HybridTime.next(clockMilliseconds: clock, last: none, observed: limit).raw
                == limit.raw + 1)
        #expect(
            HybridTime.next(clockMilliseconds: clock, last: none, observed: beyond)
                == HybridTime(milliseconds: clock))
    }

    @Test func `a millisecond begins and ends`() {
        #expect(HybridTime(milliseconds: 7) < HybridTime(endOf: 7))
        #expect(HybridTime(endOf: 7).raw + 1 == HybridTime(milliseconds: 8).raw)
        #expect(HybridTime(endOf: 7).milliseconds == 7)
    }
}
