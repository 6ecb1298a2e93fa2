// SPDX-License-Identifier: MIT

/// Every order of the items.
package func orders<Item>(_ items: [Item]) -> [[Item]] {
    guard let first = items.first else { return [[]] }
    return orders(Array(items.dropFirst())).flatMap { rest in
        (0...rest.count).map { place in
            Array(rest[..<place]) + [first] + Array(rest[place...])
        }
    }
}
