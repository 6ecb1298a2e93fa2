// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// The epoch keys a device holds, found by what a segment says of its key.
package struct KeyRing: Sendable {
    private var keysByID: [Bytes16: EpochKey]
    /// The keys that an entry brings to this device. What such an entry says is not proved: a key
    /// opens files, and what is in them is checked.
    private let find: @Sendable (EntryView) -> [EpochKey]

    package init(
        _ keys: [EpochKey],
        finding find: @escaping @Sendable (EntryView) -> [EpochKey] = { _ in [] }
    ) {
        keysByID = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.find = find
    }

    /// Takes the keys that a slice brings, whether or not it can be taken in by itself yet. Gives
    /// the ids of those that are new.
    mutating func take(from slice: Slice) -> [Bytes16] {
        let news = (slice.loneEntry(find) ?? []).filter { keysByID[$0.id] == nil }
        for key in news { keysByID[key.id] = key }
        return news.map(\.id)
    }

    package subscript(id: Bytes16) -> EpochKey? { keysByID[id] }
}
