// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// The epoch keys a device holds, found by what a segment says of its key.
package struct KeyRing: Sendable {
    /// What an entry brings to this device.
    package struct Brought: Sendable {
        package var key: EpochKey?
        /// The id of a key that is sealed to this device, and does not open.
        package var unopened: Bytes16?

        package init() {}
    }

    private var keysByID: [Bytes16: EpochKey]
    /// What such an entry says is not proved: a key opens files, and what is in them is checked.
    private let find: @Sendable (EntryView) -> Brought
    private let types: [String]

    /// Keys are looked for in entries of `types`, by `find`.
    package init(
        _ keys: [EpochKey], in types: [String] = [],
        finding find: @escaping @Sendable (EntryView) -> Brought = { _ in Brought() }
    ) {
        self.types = types
        keysByID = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.find = find
    }

    /// Takes the keys that a slice brings, whether or not it can be taken in by itself yet. Gives
    /// the ids of those that are new, and the entries of which one did not open.
    mutating func take(
        from slice: Slice
    ) -> (new: [Bytes16], unopened: [Collected.Unopened]) {
        var (found, new, unopened): ([EpochKey], [Bytes16], [Collected.Unopened]) = ([], [], [])
        slice.entries(ifAny: types) { entry in
            let brought = find(entry)
            if let key = brought.key { found.append(key) }
            guard let id = brought.unopened else { return }
            let place = PinnedEntry(
                log: slice.log, seq: entry.header.seq, chain: entry.chain.first)
            unopened.append(Collected.Unopened(entry: place, key: id))
        }
        for key in found where keysByID[key.id] == nil {
            keysByID[key.id] = key
            new.append(key.id)
        }
        return (new, unopened)
    }

    package subscript(id: Bytes16) -> EpochKey? { keysByID[id] }
}
