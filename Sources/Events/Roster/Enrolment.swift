// SPDX-License-Identifier: MIT
package import Basics

/// A device is let in: `roster.enrolled`.
package struct Enrolment: Hashable, Sendable {
    package let key: DeviceKey
    package let boxKey: Bytes32
    package let role: Role
    package let holder: DeviceHolder
    /// The enrolments that this one replaces; what is not named is not replaced.
    package var replaces: [PinnedEntry] = []
    /// The place in the device's log after which it holds; seq 0 is before the first entry.
    package var from: PinnedEntry?
    /// The last day that it holds for.
    package var until: CivilDay?

    package init(_ key: DeviceKey, boxKey: Bytes32, as role: Role, _ holder: DeviceHolder) {
        self.key = key
        self.boxKey = boxKey
        self.role = role
        self.holder = holder
    }
}
