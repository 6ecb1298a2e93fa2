// SPDX-License-Identifier: MIT
import Basics
/// The entries `first` to `last` of one log, both included; none where `last` is before `first`.
package struct SeqRange: Hashable, Sendable {
    package let first: UInt64
    package let last: UInt64

    package init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
    }

    package var isEmpty: Bool { last < first }

    /// How many entries; `Int.max` at most.
    package var count: Int { isEmpty ? 0 : Int(min(last - first, UInt64(Int.max - 1))) + 1 }

    package func contains(_ other: SeqRange) -> Bool {
        other.isEmpty || (first <= other.first && other.last <= last)
    }

    /// "entry 5", "entries 5 to 9" or "no entries".
    package var words: String {
        if isEmpty { return "no entries" }
        return first == last ? "entry \(first)" : "entries \(first) to \(last)"
    }

    /// The ranges with those that touch or overlap made one, in order; empty ones are left out.
    package static func joined(_ ranges: [SeqRange]) -> [SeqRange] {
        var out: [SeqRange] = []
        for range in ranges.sorted(by: { $0.first < $1.first }) where range.isEmpty == false {
            if let last = out.last, last.joins(range) {
                out[out.count - 1] = SeqRange(first: last.first, last: max(last.last, range.last))
            } else {
                out.append(range)
            }
        }
        return out
    }

    /// What of 1 to `last` is in none of the ranges, in order.
    package static func gaps(in ranges: [SeqRange], through last: UInt64) -> [SeqRange] {
        var out: [SeqRange] = []
        var next: UInt64 = 1
        for range in joined(ranges) where next <= last {
            if next < range.first {
                out.append(SeqRange(first: next, last: min(last, range.first - 1)))
            }
            guard range.last < last else { return out }
            next = range.last + 1
        }
        if next <= last { out.append(SeqRange(first: next, last: last)) }
        return out
    }

    /// What of `ranges`, which are sorted and apart, lies within a range.
    package static func clipped(_ ranges: [SeqRange], to range: SeqRange) -> [SeqRange] {
        let first = ranges.firstPlace(fromWhich: { $0.last >= range.first })
        return ranges[first...].prefix { $0.first <= range.last }.map {
            SeqRange(first: max($0.first, range.first), last: min($0.last, range.last))
        }
    }

    /// Whether a seq lies in one of `ranges`, which are sorted and apart.
    package static func isIn(_ ranges: [SeqRange], _ seq: UInt64) -> Bool {
        ranges.isEmpty == false
            && clipped(ranges, to: SeqRange(first: seq, last: seq)).isEmpty == false
    }

    /// What of `ranges` lies in none of `others`, in order.
    package static func subtracting(_ others: [SeqRange], from ranges: [SeqRange]) -> [SeqRange] {
        let others = joined(others)
        var out: [SeqRange] = []
        var place = 0
        for range in joined(ranges) {
            var next = range.first
            while place < others.count, others[place].last < next { place += 1 }
            var at = place
            while at < others.count, others[at].first <= range.last, next <= range.last {
                if next < others[at].first {
                    out.append(SeqRange(first: next, last: others[at].first - 1))
                }
                guard others[at].last < range.last else {
                    next = 0
                    break
                }
                next = others[at].last + 1
                at += 1
            }
            if next > 0, next <= range.last { out.append(SeqRange(first: next, last: range.last)) }
        }
        return out
    }

    /// Whether a range that does not start before this one leaves no gap after it.
    package func joins(_ later: SeqRange) -> Bool {
        later.first <= last || later.first == last &+ 1
    }
}
