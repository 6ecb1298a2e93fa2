// SPDX-License-Identifier: MIT
import Basics

/// What one log's entries had seen of one other log: a staircase that only rises.
package struct SeenSteps: Hashable, Sendable {
    /// From the own seq `at` on, the other log had been seen up to `upTo`.
    package struct Step: Hashable, Sendable {
        package let at: UInt64
        package let upTo: UInt64

        package init(at: UInt64, upTo: UInt64) {
            self.at = at
            self.upTo = upTo
        }
    }

    /// Both numbers grow from line to line.
    package private(set) var lines: [Step] = []

    package init() {}

    /// Adds a line wherever it belongs; lines that say nothing new are dropped.
    package mutating func add(_ line: Step) {
        let place = firstIndex { $0.at > line.at }
        if place > 0, lines[place - 1].upTo >= line.upTo { return }
        var end = place
        while end < lines.count, lines[end].upTo <= line.upTo { end += 1 }
        var start = place
        if start > 0, lines[start - 1].at == line.at { start -= 1 }
        lines.replaceSubrange(start..<end, with: [line])
    }

    /// How far the other log had been seen by the entry at `seq`; no further than `bound`.
    ///
    /// A line past the bound does not count, for what it names is not held there.
    package func seen(at seq: UInt64, within bound: UInt64 = .max) -> UInt64 {
        var index = firstIndex { $0.at > seq }
        while index > 0 {
            index -= 1
            if lines[index].upTo <= bound { return lines[index].upTo }
        }
        return 0
    }

    /// The last place named, whatever the seq.
    package var last: UInt64 { lines.last?.upTo ?? 0 }

    /// The first index whose line satisfies a condition that later lines satisfy too.
    private func firstIndex(where isPast: (Step) -> Bool) -> Int {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if isPast(lines[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension SeenSteps {
    /// The lines as bytes for the index: pairs of differences, each in groups of seven bits.
    package var packed: [UInt8] {
        var out: [UInt8] = []
        var last = Step(at: 0, upTo: 0)
        for line in lines {
            Varint.append(line.at - last.at, to: &out)
            Varint.append(line.upTo - last.upTo, to: &out)
            last = line
        }
        return out
    }

    package init(packed: UnsafeRawBufferPointer) {
        var offset = 0
        var last = Step(at: 0, upTo: 0)
        while let at = Varint.read(packed, &offset), let upTo = Varint.read(packed, &offset) {
            last = Step(at: last.at + at, upTo: last.upTo + upTo)
            lines.append(last)
        }
    }
}
