// SPDX-License-Identifier: MIT
package import Basics

/// A circle's key is made: its first one, or one that follows others.
package struct CircleOpening: Hashable, Sendable {
    package let circle: Bytes16
    /// The id of the new key.
    package let key: Bytes16
    /// The circle's name, sealed under the new key.
    package let name: [UInt8]
    /// The ids of the keys that it follows; none for the circle's first.
    package let after: [Bytes16]
    /// Members who had left when it was made.
    package let without: [DeviceKey]
    package let members: [KeyShare]
    /// The entries that made the author a member; none where the circle is new.
    package let by: [PinnedEntry]

    package init(
        _ circle: Bytes16, key: Bytes16, name: [UInt8], after: [Bytes16] = [],
        without: [DeviceKey] = [], members: [KeyShare], by: [PinnedEntry] = []
    ) {
        self.circle = circle
        self.key = key
        self.name = name
        self.after = after
        self.without = without
        self.members = members
        self.by = by
    }

    init?(_ body: RosterBody) {
        guard let circle = body.id("circle"), let key = body.id("key"),
            let name = body.byteString("name"), let after = body.ids("after"),
            let without = body.keys("without"), let members = body.shares("members"),
            members.isEmpty == false, let by = body.pinned("by")
        else { return nil }
        self.init(
            circle, key: key, name: name, after: after, without: without, members: members, by: by)
    }

    var body: RosterBody {
        var body = RosterBody()
        body["circle"] = .bytes(circle.array)
        body["key"] = .bytes(key.array)
        body["name"] = .bytes(name)
        body["after"] = .array(after.map { .bytes($0.array) })
        body["without"] = .array(without.map { .bytes($0.bytes.array) })
        body["members"] = .array(members.map(\.value))
        body["by"] = .array(by.map(\.value))
        return body
    }
}
