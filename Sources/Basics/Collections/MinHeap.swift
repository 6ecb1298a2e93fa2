// SPDX-License-Identifier: MIT

/// Gives the least of what was put in, in time that grows with the logarithm of how much that is.
package struct MinHeap<Element: Comparable> {
    private var items: [Element] = []

    package init() {}

    package var least: Element? { items.first }

    package mutating func insert(_ item: Element) {
        items.append(item)
        var place = items.count - 1
        while place > 0, items[place] < items[(place - 1) / 2] {
            items.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    package mutating func removeLeast() {
        guard items.isEmpty == false else { return }
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var place = 0
        while true {
            let (left, right) = (2 * place + 1, 2 * place + 2)
            var least = place
            if left < items.count, items[left] < items[least] { least = left }
            if right < items.count, items[right] < items[least] { least = right }
            guard least != place else { return }
            items.swapAt(place, least)
            place = least
        }
    }
}
