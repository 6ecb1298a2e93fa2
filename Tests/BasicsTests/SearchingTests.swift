// SPDX-License-Identifier: MIT
import Basics
import Testing

@Suite struct SearchingTests {
    @Test func `the first place from which on a condition holds is found wherever it is`() {
        for count in 0...9 {
            for first in 0...count {
                let items = Array(0..<count)
                #expect(items.firstPlace(fromWhich: { $0 >= first }) == first)
                // A slice does not begin at 0.
                let slice = ([-2, -1] + items).dropFirst(2)
                #expect(slice.firstPlace(fromWhich: { $0 >= first }) == first + 2)
            }
        }
    }
}
