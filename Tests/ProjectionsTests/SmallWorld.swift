// SPDX-License-Identifier: MIT
import Scenarios

/// Four entries on one record in up to three logs, with any bases, and by the definitions alone
/// what its fields read. Where numbers are stated, each entry follows a statement of its author's.
struct SmallWorld {
    struct Entry {
        let spot: Spot
        /// What of each other log was newly taken in.
        let base: [Named]
        /// What of each log had been seen, all in all.
        let seen: [Character: Set<UInt64>]
        let title: String
        let level: String
        let lead: String
        let isAdding: Bool
        /// The vocabulary number that was stated before it.
        var number: UInt64 = 1
    }

    private static let levels = ["high", "medium", "low"]
    private static let logs: [Character] = ["a", "b", "c"]

    private(set) var entries: [Entry] = []
    private var isStating = false

    /// Every world of so many entries; the first is a1.
    static func all(of count: Int) -> [SmallWorld] {
        var worlds = [SmallWorld()]
        for _ in 0..<count { worlds = worlds.flatMap { $0.continuations } }
        return worlds.enumerated().map { $0.element.withValues($0.offset) }
    }

    /// The same with a number stated before each entry, 1 or 2, which may go down along a log.
    func stating(_ world: Int) -> SmallWorld {
        var stating = SmallWorld()
        stating.isStating = true
        stating.entries = entries.enumerated().map { index, entry in
            Entry(
                spot: entry.spot.doubled, base: entry.base.map(\.doubled),
                seen: entry.seen.mapValues { Set($0.map { $0 * 2 }) }, title: entry.title,
                level: entry.level, lead: entry.lead, isAdding: entry.isAdding,
                number: UInt64((world >> index) & 1) + 1)
        }
        return stating
    }

    private var continuations: [SmallWorld] {
        let authors = entries.isEmpty ? ["a"] : SmallWorld.logs
        return authors.flatMap { author in
            bases(of: author).map { base in
                var world = self
                let seq = length(author) + 1
                var seen = entries.last { $0.spot.log == author }?.seen ?? [:]
                seen[author] = Set(1..<seq)
                for named in base { seen[named.spot.log, default: []].formUnion(named.seqs) }
                world.entries.append(
                    Entry(
                        spot: Spot(author, seq), base: base, seen: seen, title: "",
                        level: "", lead: "", isAdding: true))
                return world
            }
        }
    }

    private func length(_ log: Character) -> UInt64 {
        UInt64(entries.filter { $0.spot.log == log }.count)
    }

    /// All that the next entry of a log may newly say of others.
    private func bases(of author: Character) -> [[Named]] {
        let before = entries.last { $0.spot.log == author }?.seen ?? [:]
        var bases: [[Named]] = [[]]
        for log in SmallWorld.logs where log != author {
            let news = news(of: log, besides: before[log] ?? [])
            bases = bases.flatMap { base in [base] + news.map { base + [$0] } }
        }
        return bases
    }

    /// Every naming of a log, with one exception at most, by which something new is in sight; one
    /// for each outcome.
    private func news(of log: Character, besides before: Set<UInt64>) -> [Named] {
        guard length(log) > 0 else { return [] }
        var news: [Named] = []
        var outcomes: Set<Set<UInt64>> = [before]
        for upTo in 1...length(log) {
            let plain = [Named(Spot(log, upTo))]
            let excepting = (1..<upTo).map { Named(Spot(log, upTo), except: [$0...$0]) }
            for named in plain + excepting
            where outcomes.insert(before.union(named.seqs)).inserted {
                news.append(named)
            }
        }
        return news
    }

    /// The same with values that differ from world to world.
    private func withValues(_ number: Int) -> SmallWorld {
        var world = SmallWorld()
        for (index, entry) in entries.enumerated() {
            let digit = number / (index + 1) + index
            world.entries.append(
                Entry(
                    spot: entry.spot, base: entry.base, seen: entry.seen,
                    title: "t\(digit % 3)", level: SmallWorld.levels[(digit + index) % 3],
                    lead: "l\((number + index) % 4)", isAdding: (number >> index) % 3 != 1))
        }
        return world
    }

    /// The place of the record.
    var record: String { "\(entries[0].spot)" }

    var story: Scenario {
        var story = Scenario("abc", vocabulary: isStating ? .clashesOfTwoNumbers : .clashes)
        for (index, entry) in entries.enumerated() {
            let base =
                entry.base.isEmpty
                ? "" : "[\(entry.base.map(\.text).joined(separator: ","))]"
            if isStating { story.write("\(entry.spot.log)\(entry.spot.seq - 1) v\(entry.number)") }
            let subject = index == 0 ? "thing" : record
            story.write(
                "\(entry.spot)\(base) \(subject): title=\(entry.title) "
                    + "level=\(entry.level) lead=\(entry.lead) tags\(entry.isAdding ? "+" : "-")=x")
        }
        return story
    }
}

extension SmallWorld {
    /// `value` is what the earlier one wrote.
    private func hasSeen(_ later: Entry, _ earlier: Entry, _ value: String) -> Bool {
        guard later.seen[earlier.spot.log]?.contains(earlier.spot.seq) == true else {
            return false
        }
        return earlier.spot.log == later.spot.log || isStating == false
            || later.number == 2 || SmallWorld.newer.contains(value) == false
    }

    /// Values that vocabularies know from number 2 on.
    private static let newer: Set = ["t1", "high", "l1", "x"]

    /// Of the writes, those that no other one replaces.
    private func live(
        _ writes: [Entry], _ value: (Entry) -> String,
        replacing: (Entry, Entry) -> Bool = { _, _ in true }
    ) -> [Entry] {
        writes.filter { write in
            writes.contains { hasSeen($0, write, value(write)) && replacing($0, write) } == false
        }
    }

    private func text(
        _ shown: String, _ live: [Entry], _ value: (Entry) -> String
    ) -> String {
        guard Set(live.map(value)).count > 1 else { return shown }
        let sides = live.map { "\($0.spot) \(value($0))" }.sorted().joined(separator: " | ")
        return "\(shown) (\(sides))"
    }

    /// The latest of the live writes.
    var title: String {
        let live = live(entries, \.title)
        return text(live.last?.title ?? "-", live, \.title)
    }

    /// The most cautious; a write by field staff replaces none that is more cautious.
    var level: String {
        let rank = { (entry: Entry) in SmallWorld.levels.firstIndex(of: entry.level) ?? 0 }
        let live = live(entries, \.level) { rank($0) <= rank($1) }
        let shown = live.min { rank($0) < rank($1) }
        return text(shown?.level ?? "-", live, \.level)
    }

    /// The last value that all who disagree had seen.
    var lead: String {
        let live = live(entries, \.lead)
        var agreed = live
        var rest = entries
        while Set(agreed.map(\.lead)).count > 1 {
            rest = rest.filter { write in agreed.allSatisfy { hasSeen($0, write, write.lead) } }
            agreed = self.live(rest, \.lead)
        }
        return text(agreed.last?.lead ?? "-", live, \.lead)
    }

    /// Whether x stands: some addition, the last of its log, that no removal had seen.
    var tags: String {
        let removals = entries.filter { $0.isAdding == false }
        let stands = entries.contains { add in
            let isLast =
                entries.contains {
                    $0.isAdding && $0.spot.log == add.spot.log && $0.spot.seq > add.spot.seq
                } == false
            return add.isAdding && isLast && removals.contains { hasSeen($0, add, "x") } == false
        }
        return stands ? "x" : ""
    }
}

extension Spot {
    fileprivate var doubled: Spot { Spot(log, seq * 2) }
}

extension Named {
    fileprivate var doubled: Named {
        Named(spot.doubled, except: except.map { $0.lowerBound * 2...$0.upperBound * 2 })
    }

    /// The entries that it says were taken in.
    fileprivate var seqs: Set<UInt64> {
        Set(1...spot.seq).subtracting(except.flatMap { Array($0) })
    }

    fileprivate var text: String {
        "\(spot)" + except.map { "-\($0.lowerBound)..\($0.upperBound)" }.joined()
    }
}
