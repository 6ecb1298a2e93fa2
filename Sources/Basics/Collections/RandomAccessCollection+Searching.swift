// SPDX-License-Identifier: MIT

extension RandomAccessCollection {
    /// The first place from which on a condition holds; the end if it holds nowhere. It must hold
    /// for every element after one for which it does.
    @inlinable @inline(__always)
    package func firstPlace(fromWhich holds: (Element) -> Bool) -> Index {
        var low = startIndex
        var count = count
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if holds(self[middle]) {
                count = half
            } else {
                low = index(after: middle)
                count -= half + 1
            }
        }
        return low
    }
}
