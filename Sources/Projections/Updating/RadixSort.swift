// SPDX-License-Identifier: MIT

extension Array {
    /// The elements by rising keys; those of one key keep their order.
    ///
    /// Goes through the keys digit by digit and leaves out digits that are the same in all of them.
    func sorted(byRadixOf key: (Element) -> UInt64) -> [Element] {
        guard var low = first.map(key) else { return self }
        var (high, last, isSorted) = (low, low, true)
        for element in self {
            let key = key(element)
            low &= key
            high |= key
            isSorted = isSorted && last <= key
            last = key
        }
        guard isSorted == false else { return self }
        var sorted = self
        for shift in stride(from: 0, to: UInt64.bitWidth, by: 11)
        where (low ^ high) >> UInt64(shift) & 0x7ff != 0 {
            sorted = sorted.arranged { Int(key($0) >> UInt64(shift) & 0x7ff) }
        }
        return sorted
    }

    /// The elements by a digit below 2,048.
    private func arranged(by digit: (Element) -> Int) -> [Element] {
        var starts = [Int](repeating: 0, count: 2_049)
        for element in self { starts[digit(element) + 1] += 1 }
        for index in 1...2_048 { starts[index] += starts[index - 1] }
        return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            for element in self {
                let place = digit(element)
                buffer.initializeElement(at: starts[place], to: element)
                starts[place] += 1
            }
            filled = count
        }
    }
}
