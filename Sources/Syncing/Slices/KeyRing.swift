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
    private let makers: [DeviceKey]

    /// Keys are looked for in entries of `types`, by `find`; `makers` are those who may make keys.
    package init(
        _ keys: [EpochKey], in types: [String] = [], by makers: [DeviceKey] = [],
        finding find: @escaping @Sendable (EntryView) -> Brought = { _ in Brought() }
    ) {
        self.types = types
        self.makers = makers
        keysByID = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.find = find
    }

    /// Takes the keys that a slice brings, whether or not it can be taken in by itself yet. Gives
    /// the ids of those that are new, and the entries of which one did not open, if someone who may
    /// make keys signed them: what nobody signed proves nothing. The beginning of their log need
    /// not be here.
    mutating func take(
        from slice: Slice, of partnership: PartnershipID
    ) -> (new: [Bytes16], unopened: [Collected.Unopened]) {
        var (found, new, unopened): ([EpochKey], [Bytes16], [Collected.Unopened]) = ([], [], [])
        let seal = slice.entries(ifAny: types) { entry in
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
        let isSigned =
            unopened.isEmpty == false
            && makers.contains { maker in
                seal?.verifies(for: slice.log, of: partnership, with: maker) ?? false
            }
        return (new, isSigned ? unopened : [])
    }

    package subscript(id: Bytes16) -> EpochKey? { keysByID[id] }
}
