// SPDX-License-Identifier: MIT
import Merging
import Testing

@Suite struct SeenLinesTests {
    /// All lines between small numbers.
    private static let small: [SeenSteps.Step] = (1...3).flatMap { at in
        (1...3).map { SeenSteps.Step(at: at, upTo: $0) }
    }

    @Test(arguments: small, small)
    func `lines say the same in either order of adding`(
        _ first: SeenSteps.Step, _ second: SeenSteps.Step
    ) {
        for third in SeenLinesTests.small {
            var one = SeenSteps()
            var two = SeenSteps()
            for line in [first, second, third] { one.add(line) }
            for line in [third, second, first] { two.add(line) }
            #expect(one == two)
            for seq in 0...4 as ClosedRange<UInt64> {
                let wanted = [first, second, third].filter { $0.at <= seq }.map(\.upTo).max()
                #expect(one.seen(at: seq) == wanted ?? 0)
            }
        }
    }

    @Test func `packed lines are read back`() {
        var lines = SeenSteps()
        for line in [(3, 2), (200, 70_000), (1 << 39, 1 << 39)] as [(UInt64, UInt64)] {
            lines.add(SeenSteps.Step(at: line.0, upTo: line.1))
        }
        #expect(lines.packed.withUnsafeBytes { SeenSteps(packed: $0) } == lines)
    }

    @Test func `a line past the bound does not count`() {
        var lines = SeenSteps()
        lines.add(SeenSteps.Step(at: 2, upTo: 3))
        lines.add(SeenSteps.Step(at: 4, upTo: 9))
        #expect(lines.seen(at: 5, within: 8) == 3)
        #expect(lines.seen(at: 5, within: 9) == 9)
        #expect(lines.seen(at: 5, within: 2) == 0)
    }
}
