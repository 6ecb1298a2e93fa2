// SPDX-License-Identifier: MIT
import Merging
import Testing

@Suite struct SeenStepsTests {
    /// One base's word on another log.
    struct Naming: Hashable, Sendable {
        let at: UInt64
        let upTo: UInt64
        let except: [ClosedRange<UInt64>]

        func says(_ seq: UInt64) -> Bool {
            seq <= upTo && except.contains { $0.contains(seq) } == false
        }
    }

    /// All namings between small numbers, with no exception and with one of each extent.
    private static let small: [Naming] = {
        var namings: [Naming] = []
        for at in 1...3 as ClosedRange<UInt64> {
            for upTo in 1...4 as ClosedRange<UInt64> {
                namings.append(Naming(at: at, upTo: upTo, except: []))
                for from in 1...upTo {
                    for to in from...upTo {
                        namings.append(Naming(at: at, upTo: upTo, except: [from...to]))
                    }
                }
            }
        }
        return namings
    }()

    private static func steps(_ namings: [Naming]) -> SeenSteps {
        var steps = SeenSteps()
        for naming in namings {
            steps.add(at: naming.at, upTo: naming.upTo, except: naming.except)
        }
        return steps
    }

    @Test(arguments: small)
    func `what is in sight is what any naming so far says, in whatever order they were added`(
        _ first: Naming
    ) throws {
        for second in SeenStepsTests.small {
            for third in SeenStepsTests.small.filter({ $0.at != 1 }) {
                let namings = [first, second, third]
                let steps = SeenStepsTests.steps(namings)
                guard steps == SeenStepsTests.steps(namings.reversed()) else {
                    Issue.record("the order of \(namings) matters")
                    return
                }
                for seq in 1...4 as ClosedRange<UInt64> {
                    let wanted = namings.filter { $0.says(seq) }.map(\.at).min() ?? .max
                    guard steps.firstSight(of: seq) == wanted else {
                        Issue.record("\(seq) of \(namings): \(steps.firstSight(of: seq))")
                        return
                    }
                }
            }
        }
    }

    @Test(arguments: small)
    func `reach and holes say the same as the first sight of each entry`(_ first: Naming) {
        for second in SeenStepsTests.small {
            let steps = SeenStepsTests.steps([first, second])
            for own in 1...3 as ClosedRange<UInt64> {
                let seen = (1...4 as ClosedRange<UInt64>).filter {
                    steps.firstSight(of: $0) <= own
                }
                #expect(steps.reach(at: own) == seen.max() ?? 0)
                let holes = steps.holes(at: own).flatMap { Array($0) }
                #expect(holes == (1...4).filter { $0 < seen.max() ?? 0 && !seen.contains($0) })
            }
        }
    }

    @Test(arguments: small)
    func `steps come back from their bytes`(_ first: Naming) {
        for second in SeenStepsTests.small {
            let steps = SeenStepsTests.steps([first, second])
            #expect(steps.packed.withUnsafeBytes { SeenSteps(packed: $0) } == steps)
        }
    }

    @Test func `bytes that are no steps give none`() {
        for bytes in [[1], [0x80], [0, 1], [1, 2, 3]] as [[UInt8]] {
            #expect(bytes.withUnsafeBytes { SeenSteps(packed: $0) } == nil)
        }
    }
}
