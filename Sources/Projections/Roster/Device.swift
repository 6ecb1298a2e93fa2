// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging

/// One enrolled device, as the roster has it.
package struct Device: Hashable, Sendable {
    package let key: DeviceKey
    package let boxKey: Bytes32
    package let role: Role
    /// 0 for the founder, 1 for coordinators, 2 for others.
    package let rank: Int
    package let holder: String
    package let agency: String
    /// As it is spoken, with a letter where it was given twice.
    package let callSign: String
    /// Whether the device's access has ended.
    package let isCut: Bool
}

/// What may be taken from one log.
package struct Admission: Hashable, Sendable {
    package let role: Role
    /// The last seq that counts.
    package let limit: UInt64
    /// How its records are called: the device's call sign, with a letter for a second log.
    package let callSign: String
}

/// Who is enrolled, as what, and which part of which log counts.
package struct Roster: Hashable, Sendable {
    package let devices: [Device]
    /// Logs that are not listed wait for their device to be enrolled.
    package let admissions: [LogIndex: Admission]
    /// Epochs in timeline order: key id, and the keys of devices left out.
    package let epochs: [Epoch]

    package struct Epoch: Hashable, Sendable {
        package let id: Bytes16
        package let time: HybridTime
        package let without: Set<DeviceKey>
    }

    package static let empty = Roster(devices: [], admissions: [:], epochs: [])

    package func device(_ key: DeviceKey) -> Device? { devices.first { $0.key == key } }

    /// The epoch to write with: the latest that leaves out every device known to be cut.
    package var currentEpoch: Epoch? {
        let cut = Set(devices.filter(\.isCut).map(\.key))
        return epochs.last { $0.without.isSuperset(of: cut) } ?? epochs.last
    }
}
