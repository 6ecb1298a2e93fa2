// SPDX-License-Identifier: MIT
import Merging
import Testing

/// What the next base says of another log, whatever waits and whatever was said before.
@Suite struct NextNamingTests {
    private static let end: UInt64 = 5

    /// Every set of entries that may wait.
    private static let waiting: [[UInt64]] = (0..<32).map { bits in
        (1...end).filter { bits >> ($0 - 1) & 1 == 1 }
    }

    /// What may have been said before: nothing, or all up to some entry but one run.
    private static let before: [SeenSteps] = {
        var all = [SeenSteps()]
        for upTo in 1...end {
            for from in 1...upTo {
                for to in from...upTo {
                    var steps = SeenSteps()
                    steps.add(at: 1, upTo: upTo, except: [from...to])
                    all.append(steps)
                }
            }
        }
        return all
    }()

    @Test(arguments: waiting)
    func `all that does not wait comes into sight, and nothing that waits`(_ waiting: [UInt64]) {
        for before in NextNamingTests.before {
            let seen = Set((1...NextNamingTests.end).filter { before.firstSight(of: $0) == 1 })
            let wanted = Set(1...NextNamingTests.end).subtracting(waiting).union(seen)
            let next = before.next(upTo: NextNamingTests.end, without: waiting)
            #expect((next == nil) == (wanted == seen), "\(before) without \(waiting)")
            guard let next else { continue }
            var after = before
            after.add(at: 2, upTo: next.upTo, except: next.except)
            let found = (1...NextNamingTests.end).filter { after.firstSight(of: $0) <= 2 }
            #expect(Set(found) == wanted, "\(before) without \(waiting)")
            #expect(after.next(upTo: NextNamingTests.end, without: waiting) == nil)
        }
    }

    @Test func `what is named ends before the run for which there is no room`() throws {
        let waiting = (1...1_000).map { UInt64($0) * 2 }
        let next = try #require(SeenSteps().next(upTo: 3_000, without: waiting))
        #expect(next.except.count == 64)
        #expect(next.upTo == 129)
    }

    @Test func `however much waits, some more namings bring all the rest into sight`() {
        let waiting = (1...1_000).map { UInt64($0) * 2 }
        var steps = SeenSteps()
        var count: UInt64 = 0
        while let next = steps.next(upTo: 3_000, without: waiting) {
            count += 1
            steps.add(at: count, upTo: next.upTo, except: next.except)
            #expect(next.except.count <= 64)
        }
        #expect(count < 20)
        let unseen = Set((1...3_000).filter { steps.firstSight(of: $0) == SeenSteps.never })
        #expect(unseen == Set(waiting))
    }
}
