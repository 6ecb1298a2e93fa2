// SPDX-License-Identifier: MIT

extension Sequence {
    /// Of elements with one key the first alone, in their order; as long as the sequence is, and
    /// not as its square.
    package func unique<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
        var known: Set<Key> = []
        return filter { known.insert(key($0)).inserted }
    }
}

extension Sequence where Element: Hashable {
    /// Of equal elements the first alone, in their order.
    package func unique() -> [Element] { unique { $0 } }
}
