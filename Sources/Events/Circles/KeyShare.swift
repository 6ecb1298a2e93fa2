// SPDX-License-Identifier: MIT
package import Basics

/// A key that is handed to one member: sealed to the box key of the member's device.
package struct KeyShare: Hashable, Sendable {
    package let member: DeviceKey
    /// The sender's one-use key, then the box.
    package let sealed: [UInt8]

    /// Bytes in a share: a key, a tag and a key.
    package static let size = 80

    package init(to member: DeviceKey, sealed: [UInt8]) {
        precondition(sealed.count == KeyShare.size, "a share is a sender's key and a box")
        self.member = member
        self.sealed = sealed
    }

    init?(_ value: CBORValue) {
        guard case .array(let items) = value, items.count == 2, case .bytes(let key) = items[0],
            case .bytes(let sealed) = items[1], sealed.count == KeyShare.size,
            let member = Bytes32(key)
        else { return nil }
        self.init(to: DeviceKey(member), sealed: sealed)
    }

    var value: CBORValue { .array([.bytes(member.bytes.array), .bytes(sealed)]) }
}
