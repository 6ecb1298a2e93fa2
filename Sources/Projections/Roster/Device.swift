// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging

/// One enrolled device, as the roster has it.
package struct Device: Hashable, Sendable {
    package let key: DeviceKey
    package let boxKey: Bytes32
    package let role: Role
    /// 1 for the lead, 2 for coordinators, 3 for others.
    package let rank: Int
    package let holder: String
    package let agency: String
    /// As it is spoken, with a letter where it was given twice.
    package let callSign: String
    /// Whether the device's access has ended.
    package let isCut: Bool

    /// What people compared when it was let in.
    package var fingerprint: Digest { key.fingerprint(with: boxKey) }

    /// What it lets others in as; nothing once its access has ended.
    package var letsIn: [Role] { isCut ? [] : role.letsIn }

    package init(
        key: DeviceKey, boxKey: Bytes32, role: Role, rank: Int, holder: String, agency: String,
        callSign: String, isCut: Bool
    ) {
        self.key = key
        self.boxKey = boxKey
        self.role = role
        self.rank = rank
        self.holder = holder
        self.agency = agency
        self.callSign = callSign
        self.isCut = isCut
    }
}

/// Who is enrolled, as what, and which part of which log counts.
package struct Roster: Hashable, Sendable {
    package let devices: [Device]
    /// Logs that are not listed wait for their device to be enrolled.
    package let admissions: [LogIndex: Admission]
    /// Epochs in timeline order: key id, and the keys of devices left out.
    package let epochs: [Epoch]
    package let findings: [RosterFinding]
    /// Whether entries that are not about the roster may change it.
    package let looksAhead: Bool

    package init(
        devices: [Device], admissions: [LogIndex: Admission], epochs: [Epoch],
        findings: [RosterFinding], looksAhead: Bool
    ) {
        self.devices = devices
        self.admissions = admissions
        self.epochs = epochs
        self.findings = findings
        self.looksAhead = looksAhead
    }

    package struct Epoch: Hashable, Sendable {
        package let id: Bytes16
        package let time: HybridTime
        package let without: Set<DeviceKey>

        package init(
            id: Bytes16, time: HybridTime, without: Set<DeviceKey>
        ) {
            self.id = id
            self.time = time
            self.without = without
        }
    }

    package static let empty = Roster(
        devices: [], admissions: [:], epochs: [], findings: [], looksAhead: false)

    package func device(_ key: DeviceKey) -> Device? { devices.first { $0.key == key } }

    /// The epoch to write with: the latest that leaves out every device known to be cut.
    package var currentEpoch: Epoch? {
        let cut = Set(devices.filter(\.isCut).map(\.key))
        return epochs.last { $0.without.isSuperset(of: cut) } ?? epochs.last
    }
}
