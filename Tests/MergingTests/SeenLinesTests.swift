// SPDX-License-Identifier: MIT
import Merging
import Testing

@Suite struct SeenLinesTests {
    /// All lines between small numbers.
    private static let small: [SeenLines.Line] = (1...3).flatMap { at in
        (1...3).map { SeenLines.Line(at: at, upTo: $0) }
    }

    @Test(arguments: small, small)
    func `lines say the same in either order of adding`(
        _ first: SeenLines.Line, _ second: SeenLines.Line
    ) {
        for third in SeenLinesTests.small {
            var one = SeenLines()
            var two = SeenLines()
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
        var lines = SeenLines()
        for line in [(3, 2), (200, 70_000), (1 << 39, 1 << 39)] as [(UInt64, UInt64)] {
            lines.add(SeenLines.Line(at: line.0, upTo: line.1))
        }
        #expect(lines.packed.withUnsafeBytes { SeenLines(packed: $0) } == lines)
    }

    @Test func `a line past the bound does not count`() {
        var lines = SeenLines()
        lines.add(SeenLines.Line(at: 2, upTo: 3))
        lines.add(SeenLines.Line(at: 4, upTo: 9))
        #expect(lines.seen(at: 5, within: 8) == 3)
        #expect(lines.seen(at: 5, within: 9) == 9)
        #expect(lines.seen(at: 5, within: 2) == 0)
    }
}
