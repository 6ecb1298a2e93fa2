// SPDX-License-Identifier: MIT
import Basics
import Merging
import Testing

@Suite struct CausalityTests {
    private static let a = LogIndex(0)
    private static let b = LogIndex(1)
    /// Parts from a after a2.
    private static let branch = LogIndex(2)

    private static func logs() -> LogTable {
        var logs = LogTable([9, 3].map { LogID(Bytes16(high: $0, low: 0)) })
        _ = logs.add(
            logs.id(of: a),
            branch: LogTable.Branch(parent: a, from: 3, first: .init(high: 0, low: 1)))
        return logs
    }

    /// b3 named a2, b5 named a4.
    private func causality() -> Causality {
        Causality(CausalityTests.logs()) { log, other throws(Failure) in
            guard log == CausalityTests.b, other ?? CausalityTests.a == CausalityTests.a else {
                return [:]
            }
            var steps = SeenSteps()
            steps.add(at: 3, upTo: 2)
            steps.add(at: 5, upTo: 4)
            return [CausalityTests.a: steps]
        }
    }

    @Test func `steps are the same however they were fetched, with those added since`() {
        let (a, b) = (CausalityTests.a, CausalityTests.b)
        for fetchesAllFirst in [true, false] {
            let causality = causality()
            if fetchesAllFirst { _ = causality.steps(of: b) }
            #expect(causality.steps(of: b, about: CausalityTests.branch).last == 0)
            causality.add(b, at: 9, names: a, upTo: 7, except: [])
            #expect(causality.steps(of: b, about: a).last == 7)
            #expect(Array(causality.steps(of: b).keys) == [a])
            #expect(causality.steps(of: b)[a]?.steps.map(\.upTo) == [2, 4, 7])
            #expect(causality.steps(of: a).isEmpty)
        }
    }

    @Test func `an entry has those before it in its log in sight, and not itself`() {
        let causality = causality()
        for later in 1...4 as ClosedRange<UInt64> {
            for earlier in 1...4 as ClosedRange<UInt64> {
                let isInSight = causality.hasInSight(
                    EntryRef(CausalityTests.a, later), EntryRef(CausalityTests.a, earlier))
                #expect(isInSight == (earlier < later))
            }
        }
    }

    @Test func `what is named is in sight from there on, with all before it, and no more`() {
        let causality = causality()
        for own in 1...6 as ClosedRange<UInt64> {
            let wanted: UInt64 = own >= 5 ? 4 : own >= 3 ? 2 : 0
            #expect(
                causality.reach(of: EntryRef(CausalityTests.b, own), about: CausalityTests.a)
                    == wanted)
            for other in 1...6 as ClosedRange<UInt64> {
                let isInSight = causality.hasInSight(
                    EntryRef(CausalityTests.b, own), EntryRef(CausalityTests.a, other))
                #expect(isInSight == (other <= wanted))
            }
        }
    }

    @Test func `from where on an entry is in sight is where it first is, in a branch too`() {
        let (a, b, branch) = (CausalityTests.a, CausalityTests.b, CausalityTests.branch)
        let causality = causality()
        causality.add(a, at: 2, names: b, upTo: 1, except: [])
        causality.add(a, at: 4, names: b, upTo: 2, except: [])
        causality.add(branch, at: 5, names: b, upTo: 3, except: [])
        for (log, first) in [(a, 1), (b, 1), (branch, 3)] as [(LogIndex, UInt64)] {
            for later in first...7 {
                for other in [a, b] {
                    for earlier in 1...7 as ClosedRange<UInt64> {
                        let entry = EntryRef(other, earlier)
                        #expect(
                            causality.hasInSight(EntryRef(log, later), entry)
                                == (causality.firstSight(of: entry, from: log) <= later),
                            "\(log) \(later) \(other) \(earlier)")
                    }
                }
            }
        }
    }

    @Test func `a history shares what comes before the place where it parts, and its sight`() {
        let (a, b, branch) = (CausalityTests.a, CausalityTests.b, CausalityTests.branch)
        let causality = causality()
        causality.add(a, at: 2, names: b, upTo: 1, except: [])
        causality.add(a, at: 3, names: b, upTo: 2, except: [])
        causality.add(branch, at: 4, names: b, upTo: 3, except: [])
        let own = EntryRef(branch, 4)
        #expect(causality.hasInSight(own, EntryRef(a, 2)))
        #expect(causality.hasInSight(own, EntryRef(branch, 3)))
        #expect(causality.hasInSight(own, EntryRef(a, 3)) == false)
        #expect(causality.hasInSight(EntryRef(a, 4), EntryRef(branch, 3)) == false)
        #expect(causality.hasInSight(EntryRef(branch, 3), EntryRef(b, 1)))
        #expect(causality.hasInSight(EntryRef(branch, 3), EntryRef(b, 2)) == false)
        #expect(causality.hasInSight(own, EntryRef(b, 3)))
        #expect(causality.firstSight(of: EntryRef(b, 1), from: branch) == 2)
        #expect(causality.firstSight(of: EntryRef(b, 3), from: branch) == 4)
    }

    @Test func `steps that cannot be fetched are told, not taken for none`() {
        let causality = Causality(CausalityTests.logs()) { _, _ throws(Failure) in
            throw Failure(.damaged, "The index cannot be read.")
        }
        #expect(throws: Never.self) { try causality.check() }
        _ = causality.hasInSight(EntryRef(CausalityTests.b, 1), EntryRef(CausalityTests.a, 1))
        #expect(throws: Failure.self) { try causality.check() }
    }
}

@Suite struct EntryRefTests {
    @Test func `a reference keeps its log and its seq at both ends of their ranges`() {
        for log in [0, 1, EntryRef.logLimit - 1] {
            for seq in [0, 1, EntryRef.seqLimit - 1] {
                let ref = EntryRef(LogIndex(log), seq)
                #expect(ref.log.raw == log)
                #expect(ref.seq == seq)
                #expect(EntryRef(raw: ref.raw) == ref)
                #expect(ref.raw <= UInt64(Int64.max) / 2)
            }
        }
    }

    @Test func `a reference out of bounds stops the program`() async {
        await #expect(processExitsWith: .failure) { _ = EntryRef(LogIndex(0), 1 << 40) }
        await #expect(processExitsWith: .failure) { _ = EntryRef(LogIndex(1 << 22), 1) }
    }

    @Test func `logs are numbered in the order they are met, and ordered by their ids`() {
        let ids = [9, 3, 5].map { LogID(Bytes16(high: $0, low: 0)) }
        var table = LogTable()
        #expect(ids.map { table.number($0).raw } == [0, 1, 2])
        #expect(ids.map { table.number($0).raw } == [0, 1, 2])
        let order = CanonicalOrder(table)
        #expect(order.precedes(EntryRef(LogIndex(1), 9), EntryRef(LogIndex(0), 1)))
        #expect(order.precedes(EntryRef(LogIndex(0), 1), EntryRef(LogIndex(0), 2)))
        #expect(table.place(of: EntryID(log: ids[2], seq: 4)) == EntryRef(LogIndex(2), 4))
        #expect(table.place(of: EntryID(log: ids[2], seq: 1 << 40)) == nil)
        #expect(table.place(of: EntryID(log: LogID(Bytes16(high: 1, low: 0)), seq: 1)) == nil)
    }

    @Test func `the timeline goes by time, then log id, then seq, whatever the numbers`() {
        let ids = [9, 3].map { LogID(Bytes16(high: $0, low: 0)) }
        let order = TimelineOrder(LogTable(ids))
        let first = (time: HybridTime(raw: 1), ref: EntryRef(LogIndex(0), 9))
        let same = (time: HybridTime(raw: 2), ref: EntryRef(LogIndex(1), 5))
        let other = (time: HybridTime(raw: 2), ref: EntryRef(LogIndex(0), 1))
        let sorted = [other, same, first].sorted { order.precedes($0, $1) }
        #expect(sorted.map(\.ref) == [first.ref, same.ref, other.ref])
    }
}
