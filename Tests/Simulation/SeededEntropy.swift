// SPDX-License-Identifier: MIT
import Basics
import Synchronization

/// Chance that a seed decides: the same bytes in the same order on every run.
package final class SeededEntropy: Entropy {
    private let state: Mutex<UInt64>

    package init(_ seed: UInt64) { state = Mutex(seed) }

    package func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: word() >> 32) }
    }

    /// A number from 0 to `bound` - 1.
    package func number(below bound: Int) -> Int { Int(word() >> 1) % bound }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private func word() -> UInt64 {
        state.withLock { state in
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }
    }
}
