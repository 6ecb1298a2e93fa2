// SPDX-License-Identifier: MIT
package import Basics

/// A new epoch of the partnership's key: `epoch.opened`.
package struct EpochOpening: Hashable, Sendable {
    /// The id of the epoch's key.
    package let id: Bytes16
    /// All keys of devices that were cut when it was opened.
    package let without: [DeviceKey]
    /// The entries that opened the epochs which it follows; none for the first.
    package let after: [PinnedEntry]
    /// The key, for each device that goes on and for the recovery words.
    package let keys: [SealedKey]
    /// The entries that sealed an epoch's key to the author, or opened one whose key it should have
    /// by grant, and brought it none.
    package let unread: [PinnedEntry]

    package init(
        _ id: Bytes16, without: [DeviceKey] = [], after: [PinnedEntry] = [], keys: [SealedKey],
        unread: [PinnedEntry] = []
    ) {
        self.id = id
        self.without = without
        self.after = after
        self.keys = keys
        self.unread = unread
    }
}

/// An epoch's key for those whom its opening did not name: `epoch.shared`.
package struct EpochSharing: Hashable, Sendable {
    /// The id of the epoch's key.
    package let id: Bytes16
    /// The entry that opened the epoch.
    package let opened: PinnedEntry
    package let keys: [SealedKey]

    package init(_ id: Bytes16, opened: PinnedEntry, keys: [SealedKey]) {
        self.id = id
        self.opened = opened
        self.keys = keys
    }
}

extension RosterBody {
    var opening: EpochOpening? {
        guard let id = id("id"), let without = keys("without"), let after = pinned("after"),
            let keys = sealedKeys("keys")
        else { return nil }
        guard values["unread"] != nil else {
            return EpochOpening(id, without: without, after: after, keys: keys)
        }
        guard let unread = pinned("unread"), unread.isEmpty == false else { return nil }
        return EpochOpening(id, without: without, after: after, keys: keys, unread: unread)
    }

    mutating func add(_ opening: EpochOpening) {
        self["id"] = .bytes(opening.id.array)
        self["without"] = .array(opening.without.map { .bytes($0.bytes.array) })
        self["after"] = .array(opening.after.map(\.value))
        self["keys"] = .array(opening.keys.map(\.value))
        if opening.unread.isEmpty == false {
            self["unread"] = .array(opening.unread.map(\.value))
        }
    }

    var sharing: EpochSharing? {
        guard let id = id("id"), let keys = sealedKeys("keys"),
            let opened = self["opened"].flatMap({ PinnedEntry($0) }), opened.seq >= 1
        else { return nil }
        return EpochSharing(id, opened: opened, keys: keys)
    }

    mutating func add(_ sharing: EpochSharing) {
        self["id"] = .bytes(sharing.id.array)
        self["opened"] = sharing.opened.value
        self["keys"] = .array(sharing.keys.map(\.value))
    }
}
