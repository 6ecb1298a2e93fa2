// SPDX-License-Identifier: MIT

/// The public half of the recovery words, which a partnership names: who signs with the one key may
/// make a new lead, and everything that others may read is sealed to the other.
package struct RecoveryKeys: Hashable, Sendable {
    package let signing: DeviceKey
    package let box: Bytes32

    package init(signing: DeviceKey, box: Bytes32) {
        self.signing = signing
        self.box = box
    }
}
