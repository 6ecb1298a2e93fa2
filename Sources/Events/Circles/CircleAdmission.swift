// SPDX-License-Identifier: MIT
package import Basics

/// Devices are let into a circle: a key of it is sealed to them.
package struct CircleAdmission: Hashable, Sendable {
    package let circle: Bytes16
    package let key: Bytes16
    package let members: [KeyShare]
    /// The entries that made the author a member, and who lifts a leaving names it too.
    package let by: [PinnedEntry]

    package init(
        _ circle: Bytes16, key: Bytes16, members: [KeyShare], by: [PinnedEntry]
    ) {
        self.circle = circle
        self.key = key
        self.members = members
        self.by = by
    }

    init?(_ body: RosterBody) {
        guard let circle = body.id("circle"), let key = body.id("key"),
            let members = body.shares("members"), members.isEmpty == false,
            let by = body.pinned("by"), by.isEmpty == false
        else { return nil }
        self.init(circle, key: key, members: members, by: by)
    }

    var body: RosterBody {
        var body = RosterBody()
        body["circle"] = .bytes(circle.array)
        body["key"] = .bytes(key.array)
        body["members"] = .array(members.map(\.value))
        body["by"] = .array(by.map(\.value))
        return body
    }
}
