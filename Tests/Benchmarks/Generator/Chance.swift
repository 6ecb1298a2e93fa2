// SPDX-License-Identifier: MIT

/// Numbers that look like chance and follow from a seed: xoshiro256**, started by SplitMix64
/// (Blackman and Vigna).
struct Chance {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    init(seed: UInt64) {
        var mix = seed
        func next() -> UInt64 {
            mix &+= 0x9e37_79b9_7f4a_7c15
            var word = mix
            word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
            return word ^ (word >> 31)
        }
        state = (next(), next(), next(), next())
    }

    mutating func word() -> UInt64 {
        let result = Chance.rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Chance.rotated(state.3, by: 45)
        return result
    }

    /// A number from 0 up to, and without, `count`.
    mutating func below(_ count: Int) -> Int {
        Int(word().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in so many of a hundred cases.
    mutating func isIn(hundred share: Int) -> Bool { below(100) < share }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// A place below `count`, the first ones more often: each octave as often as the next, which is
    /// Zipf's law in steps.
    mutating func rank(below count: Int) -> Int {
        let octaves = Int.bitWidth - count.leadingZeroBitCount
        let octave = below(octaves)
        let start = (1 << octave) - 1
        return min(count - 1, start + below(1 << octave))
    }

    private static func rotated(_ word: UInt64, by bits: UInt64) -> UInt64 {
        word << bits | word >> (64 - bits)
    }
}
