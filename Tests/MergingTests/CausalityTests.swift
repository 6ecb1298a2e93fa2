// SPDX-License-Identifier: MIT
import Basics
import Merging
import Testing

@Suite struct SeenTableTests {
    private static let a = LogIndex(0)
    private static let b = LogIndex(1)

    /// b3 had seen a2, b5 had seen a4.
    private func table(_ bounds: Bounds = .everything) -> Causality {
        Causality(bounds: bounds) { log, other in
            guard log == SeenTableTests.b, other ?? SeenTableTests.a == SeenTableTests.a else {
                return [:]
            }
            var lines = SeenSteps()
            lines.add(SeenSteps.Step(at: 3, upTo: 2))
            lines.add(SeenSteps.Step(at: 5, upTo: 4))
            return [SeenTableTests.a: lines]
        }
    }

    @Test func `lines are the same however they were fetched, with those added since`() {
        let line = SeenSteps.Step(at: 9, upTo: 7)
        let (a, b, c) = (SeenTableTests.a, SeenTableTests.b, LogIndex(2))
        for fetchesAllFirst in [true, false] {
            let table = table()
            if fetchesAllFirst { _ = table.lines(of: b) }
            #expect(table.lines(of: b, about: c).last == 0)
            table.add(line, of: b, about: a)
            #expect(table.lines(of: b, about: a).last == 7)
            #expect(table.lines(of: b).keys.sorted() == [a])
            #expect(table.lines(of: b)[a]?.lines.map(\.upTo) == [2, 4, 7])
            #expect(table.lines(of: c).isEmpty)
        }
    }

    @Test func `an entry has seen those before it in its log, and not itself`() {
        let table = table()
        for later in 1...4 as ClosedRange<UInt64> {
            for earlier in 1...4 as ClosedRange<UInt64> {
                let hasSeen = table.hasSeen(
                    EntryRef(SeenTableTests.a, later), EntryRef(SeenTableTests.a, earlier))
                #expect(hasSeen == (earlier < later))
            }
        }
    }

    @Test func `what is named is seen from there on, with all before it, and no more`() {
        let table = table()
        for own in 1...6 as ClosedRange<UInt64> {
            for other in 1...6 as ClosedRange<UInt64> {
                let wanted: UInt64 = own >= 5 ? 4 : own >= 3 ? 2 : 0
                let hasSeen = table.hasSeen(
                    EntryRef(SeenTableTests.b, own), EntryRef(SeenTableTests.a, other))
                #expect(hasSeen == (other <= wanted))
            }
        }
    }

    @Test func `within bounds a line counts only if what it names is there`() {
        let table = table(Bounds(limits: [SeenTableTests.a: 3], otherwise: .max))
        #expect(table.seen(by: EntryRef(SeenTableTests.b, 6), of: SeenTableTests.a) == 2)
    }

    @Test func `a line that is added joins those that were loaded`() {
        let table = table()
        table.add(SeenSteps.Step(at: 4, upTo: 3), of: SeenTableTests.b, about: SeenTableTests.a)
        #expect(table.seen(by: EntryRef(SeenTableTests.b, 4), of: SeenTableTests.a) == 3)
        #expect(table.seen(by: EntryRef(SeenTableTests.b, 6), of: SeenTableTests.a) == 4)
    }
}

@Suite struct PlaceTests {
    @Test func `a place keeps its log and its seq at both ends of their ranges`() {
        for log in [0, 1, (1 << 22) - 1] as [UInt32] {
            for seq in [0, 1, (1 << 40) - 1] as [UInt64] {
                let place = EntryRef(LogIndex(log), seq)
                #expect(place.log.raw == log)
                #expect(place.seq == seq)
                #expect(EntryRef(raw: place.raw) == place)
                #expect(place.raw <= UInt64(Int64.max) / 2)
            }
        }
    }

    @Test func `a place out of bounds stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = EntryRef(LogIndex(0), 1 << 40) }
        await #expect(processExitsWith: .failure) { _ = EntryRef(LogIndex(1 << 22), 1) }
    }

    @Test func `logs are numbered in the order they are met, and ordered by their ids`() {
        let ids = [9, 3, 5].map { LogID(Bytes16(high: $0, low: 0)) }
        var table = LogTable()
        #expect(ids.map { table.number($0).raw } == [0, 1, 2])
        #expect(ids.map { table.number($0).raw } == [0, 1, 2])
        #expect(table.precedes(EntryRef(LogIndex(1), 9), EntryRef(LogIndex(0), 1)))
        #expect(table.precedes(EntryRef(LogIndex(0), 1), EntryRef(LogIndex(0), 2)))
        #expect(table.place(of: EntryID(log: ids[2], seq: 4)) == EntryRef(LogIndex(2), 4))
        #expect(table.place(of: EntryID(log: ids[2], seq: 1 << 40)) == nil)
        #expect(table.place(of: EntryID(log: LogID(Bytes16(high: 1, low: 0)), seq: 1)) == nil)
    }
}
