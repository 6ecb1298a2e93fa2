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

    package init(
        _ keys: [EpochKey],
        finding find: @escaping @Sendable (EntryView) -> Brought = { _ in Brought() }
    ) {
        keysByID = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.find = find
    }

    /// Takes the key that a slice brings, whether or not it can be taken in by itself yet. Gives
    /// its id if it is new, and that of one that did not open.
    mutating func take(from slice: Slice) -> (new: Bytes16?, unopened: Bytes16?) {
        let brought = slice.loneEntry(find) ?? Brought()
        guard let key = brought.key, keysByID[key.id] == nil else { return (nil, brought.unopened) }
        keysByID[key.id] = key
        return (key.id, nil)
    }

    package subscript(id: Bytes16) -> EpochKey? { keysByID[id] }
}
