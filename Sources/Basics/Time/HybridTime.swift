// SPDX-License-Identifier: MIT

/// A moment as the logs count it: milliseconds since 1970 (UTC) shifted left by 16, plus a counter.
package struct HybridTime: Hashable, Comparable, Sendable {
    package let raw: UInt64

    package init(raw: UInt64) { self.raw = raw }

    /// The first moment within a millisecond.
    package init(milliseconds: UInt64) { raw = milliseconds << 16 }

    /// The last moment within a millisecond.
    package init(endOf milliseconds: UInt64) { raw = milliseconds << 16 | 0xffff }

    package var milliseconds: UInt64 { raw >> 16 }

    /// How far ahead of the own clock an observed time may lie and still be adopted.
    package static let driftLimitMilliseconds: UInt64 = 3_600_000

    /// The time of the next entry: after the own last one, not before the clock, and after what was
    /// observed from others unless that lies more than the drift limit ahead of the clock.
    package static func next(
        clockMilliseconds: UInt64, last: HybridTime, observed: HybridTime
    ) -> HybridTime {
        var raw = max(clockMilliseconds << 16, last.raw + 1)
        if observed.milliseconds <= clockMilliseconds + driftLimitMilliseconds {
            raw = max(raw, observed.raw + 1)
        }
        return HybridTime(raw: raw)
    }

    package static func < (left: HybridTime, right: HybridTime) -> Bool { left.raw < right.raw }
}
