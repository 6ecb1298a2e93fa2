// SPDX-License-Identifier: MIT
package import Basics

/// A member is out of a circle, by their own act or another's.
package struct CircleLeaving: Hashable, Sendable {
    package let circle: Bytes16
    package let member: DeviceKey
    /// Where in the member's logs its acts on the circle end.
    package let places: [PinnedEntry]
    /// The entries that made the author a member.
    package let by: [PinnedEntry]

    package init(
        _ circle: Bytes16, member: DeviceKey, at places: [PinnedEntry], by: [PinnedEntry]
    ) {
        self.circle = circle
        self.member = member
        self.places = places
        self.by = by
    }

    init?(_ body: RosterBody) {
        guard let circle = body.id("circle"), let member = body.key("member"),
            let places = body.pinned("at", least: 0), let by = body.pinned("by"),
            by.isEmpty == false
        else { return nil }
        self.init(circle, member: member, at: places, by: by)
    }

    var body: RosterBody {
        var body = RosterBody()
        body["circle"] = .bytes(circle.array)
        body["member"] = .bytes(member.bytes.array)
        body["at"] = .array(places.map(\.value))
        body["by"] = .array(by.map(\.value))
        return body
    }
}
