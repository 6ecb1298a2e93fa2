// SPDX-License-Identifier: MIT
import Logs
import Testing

@Suite struct SeqRangeTests {
    private static let small = (UInt64(1)...5).flatMap { first in
        (first - 1...6).map { SeqRange(first: first, last: $0) }
    }

    @Test func `what is missing and what is there make the whole, for all pairs of ranges`() {
        for left in Self.small {
            for right in Self.small {
                let gaps = SeqRange.gaps(in: [left, right], through: 6)
                for seq in UInt64(1)...6 {
                    let one = SeqRange(first: seq, last: seq)
                    let isThere = left.contains(one) || right.contains(one)
                    #expect(gaps.contains { $0.contains(one) } != isThere)
                }
            }
        }
    }

    @Test func `ranges that touch or overlap become one, in order`() {
        for left in Self.small {
            for right in Self.small {
                let joined = SeqRange.joined([left, right])
                for (before, after) in zip(joined, joined.dropFirst()) {
                    #expect(before.last + 1 < after.first)
                }
                #expect(joined.reduce(0) { $0 + $1.count } <= left.count + right.count)
            }
        }
    }

    @Test func `nothing overflows at the last number`() {
        let last = SeqRange(first: .max, last: .max)
        #expect(SeqRange.joined([last, SeqRange(first: 1, last: 1)]).count == 2)
        #expect(SeqRange.gaps(in: [last], through: .max).count == 1)
        #expect(SeqRange.gaps(in: [SeqRange(first: 1, last: .max)], through: .max).isEmpty)
        #expect(SeqRange(first: 1, last: .max).count == Int.max)
    }

    @Test func `ranges are spoken as people say them`() {
        #expect(SeqRange(first: 5, last: 5).words == "entry 5")
        #expect(SeqRange(first: 5, last: 9).words == "entries 5 to 9")
        #expect(SeqRange(first: 5, last: 4).words == "no entries")
    }
}
