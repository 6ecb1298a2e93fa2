// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// A device whose keys follow from its number.
package struct TestDevice: Sendable {
    package let number: UInt8
    package let key: SigningKey
    package let box: BoxKey

    package init(_ number: UInt8) {
        self.number = number
        key = SigningKey(seed: [UInt8](repeating: number, count: 32))
        box = BoxKey(seed: [UInt8](repeating: number ^ 0x5a, count: 32))
    }

    /// The birth of the device's log; the founder's if there is no partnership yet.
    package func birth(
        in partnership: PartnershipID?, nonce: UInt64 = 1, recovery: RecoveryKeys? = nil,
        after previous: Birth.Previous? = nil
    ) -> Birth {
        Birth(
            partnership: partnership, keys: (key.publicKey, box.publicKey),
            nonce: Bytes16(high: UInt64(number), low: nonce), previous: previous,
            recovery: recovery)
    }

    /// The device's keys as if its holder had them from words on paper.
    package var words: RecoveryKeys {
        RecoveryKeys(signing: key.publicKey, box: box.publicKey)
    }
}
