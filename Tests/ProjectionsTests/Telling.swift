// SPDX-License-Identifier: MIT
import Scenarios
import Testing

/// One way that logs can arrive: each step takes in some of them further.
typealias Arrival = [[Spot]]

/// Checks that a field reads the same however the entries arrived.
///
/// The logs of a, b and c arrive entry by entry in every order that keeps each log's own order;
/// and in every order of whole logs. The roster's log comes first, or last of all.
func expectReading(
    _ story: Scenario, _ record: String, _ field: String, _ reading: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let own = story.names.filter { $0 != "f" }
    let roster = [story.last("f")]
    var found: [String: [Arrival]] = [:]
    for arrival in arrivals(story, own) {
        for steps in [[roster] + arrival, arrival + [roster]] {
            let shelf = try Shelf(story)
            for step in steps { _ = try shelf.take(step) }
            found[try shelf.reads(record, field), default: []].append(steps)
        }
    }
    #expect(Array(found.keys) == [reading], sourceLocation: sourceLocation)
}

/// Every order of the entries of these logs, each log's own order kept; then whole logs.
private func arrivals(_ story: Scenario, _ logs: [Character]) -> [Arrival] {
    let lengths = logs.map { story.last($0).seq }.filter { $0 > 0 }
    let singles = interleavings(logs.filter { story.last($0).seq > 0 }, lengths)
    let whole = orders(logs).map { $0.map { [story.last($0)] } }
    return singles + whole
}

func interleavings(_ logs: [Character], _ lengths: [UInt64]) -> [Arrival] {
    func go(_ done: [UInt64]) -> [Arrival] {
        guard done != lengths else { return [[]] }
        return logs.indices.filter { done[$0] < lengths[$0] }.flatMap { index in
            var next = done
            next[index] += 1
            return go(next).map { [[Spot(logs[index], next[index])]] + $0 }
        }
    }
    return go(lengths.map { _ in 0 })
}

/// Checks in every order of whole logs (some orders of more than five), entry by entry, and after a
/// rebuild; the digest is one.
func expectEverywhere(_ story: Scenario, _ expect: (Shelf) throws -> Void) throws {
    let whole = try Shelf(story)
    try whole.takeAll()
    try expect(whole)
    let digest = try whole.digest()
    let all = orders(story.names)
    for number in stride(from: 0, to: all.count, by: all.count > 120 ? all.count / 40 - 1 : 1) {
        let order = all[number]
        let shelf = try Shelf(story)
        for name in order where story.last(name).seq > 0 {
            _ = try shelf.take([story.last(name)])
        }
        try expect(shelf)
        #expect(try shelf.digest() == digest, "in the order \(order)")
    }
    for names in [story.names, story.names.reversed()] {
        let shelf = try Shelf(story)
        let longest = story.names.map { story.last($0).seq }.max() ?? 0
        for seq in 1...max(1, longest) {
            for name in names where story.last(name).seq >= seq {
                _ = try shelf.take([Spot(name, seq)])
            }
        }
        try expect(shelf)
        #expect(try shelf.digest() == digest, "entry by entry")
    }
    _ = try whole.rebuild()
    try expect(whole)
    #expect(try whole.digest() == digest, "after a rebuild")
}
