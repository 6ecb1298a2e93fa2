// SPDX-License-Identifier: MIT
import Projections

extension Array {
    /// Puts the elements in the order of rising keys; those of one key keep their order.
    ///
    /// Goes through the keys digit by digit, eleven bits at a time, and leaves out bits that are
    /// the same in all of them.
    mutating func sort(byRadixOf key: (Element) -> UInt64) {
        guard var low = first.map(key) else { return }
        var (high, last, isSorted) = (low, low, true)
        for element in self {
            let key = key(element)
            low &= key
            high |= key
            isSorted = isSorted && last <= key
            last = key
        }
        guard isSorted == false else { return }
        var spare: [Element] = []
        var differing = low ^ high
        while differing != 0 {
            let shift = UInt64(differing.trailingZeroBitCount)
            arrange(into: &spare) { Int(key($0) >> shift & 0x7ff) }
            swap(&self, &spare)
            differing &= ~(0x7ff << shift)
        }
    }

    /// Puts the elements into another array by a digit below 2,048; its room serves again.
    private func arrange(into other: inout [Element], by digit: (Element) -> Int) {
        var starts = [Int](repeating: 0, count: 2_049)
        for element in self { starts[digit(element) + 1] += 1 }
        for index in 1...2_048 { starts[index] += starts[index - 1] }
        if other.isEmpty { other = self }
        other.withUnsafeMutableBufferPointer { places in
            for element in self {
                let place = digit(element)
                places[starts[place]] = element
                starts[place] += 1
            }
        }
    }
}
