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
    /// The rank of whoever said what it is; 0 for the founder's and for recovery words.
    package let authorRank: Int
    /// Nil where the enrolment names no record.
    package let staff: Staff?
    /// As it is spoken: the name of its first log.
    package let callSign: String
    /// Whether the device's access has ended.
    package let isCut: Bool
    /// The enrolments that nothing replaces, the one that holds first; none for the founder's.
    package let enrolments: [EntryRef]

    /// What an enrolment says of whose a device is. Which record that is follows as for any link
    /// from its words and from what its author had in sight, for whoever reads it.
    package struct Staff: Hashable, Sendable {
        package let link: Link
        /// The entry that the link stands in.
        package let entry: EntryRef

        package init(link: Link, entry: EntryRef) {
            self.link = link
            self.entry = entry
        }
    }

    /// What people compared when it was let in.
    package var fingerprint: Digest { key.fingerprint(with: boxKey) }

    /// What it lets others in as; nothing once its access has ended.
    package var letsIn: [Role] { isCut ? [] : role.letsIn }

    package init(
        key: DeviceKey, boxKey: Bytes32, role: Role, rank: Int, authorRank: Int, staff: Staff?,
        callSign: String, isCut: Bool, enrolments: [EntryRef]
    ) {
        self.key = key
        self.boxKey = boxKey
        self.role = role
        self.rank = rank
        self.authorRank = authorRank
        self.staff = staff
        self.callSign = callSign
        self.isCut = isCut
        self.enrolments = enrolments
    }
}

/// Who is enrolled, as what, and which part of which log counts.
package struct Roster: Hashable, Sendable {
    package let devices: [Device]
    /// Logs that are not listed wait for their device to be enrolled.
    package let admissions: [LogIndex: Admission]
    /// Of all logs whose device anyone ever let in.
    package let names: [LogIndex: LogName]
    /// In timeline order.
    package let epochs: [Epoch]
    /// Nil while it is not held.
    package let foundingEpoch: FoundingEpoch?
    /// The recovery words that hold; nil where there are none.
    package let recovery: RecoveryKeys?
    /// The signing keys of words that others took the place of.
    package let formerWords: [DeviceKey]
    package let findings: [RosterFinding]
    /// Whether entries that are not about the roster may change it.
    package let looksAhead: Bool
    private let placeByKey: [DeviceKey: Int]

    package init(
        devices: [Device], admissions: [LogIndex: Admission], names: [LogIndex: LogName],
        epochs: [Epoch], foundingEpoch: FoundingEpoch?, recovery: RecoveryKeys?,
        formerWords: [DeviceKey],
        findings: [RosterFinding], looksAhead: Bool
    ) {
        self.devices = devices
        self.admissions = admissions
        self.names = names
        self.epochs = epochs
        self.foundingEpoch = foundingEpoch
        self.recovery = recovery
        self.formerWords = formerWords
        self.findings = findings
        self.looksAhead = looksAhead
        placeByKey = Dictionary(
            zip(devices.map(\.key), devices.indices), uniquingKeysWith: { first, _ in first })
    }

    package static let empty = Roster(
        devices: [], admissions: [:], names: [:], epochs: [], foundingEpoch: nil, recovery: nil,
        formerWords: [],
        findings: [], looksAhead: false)

    package func device(_ key: DeviceKey) -> Device? { placeByKey[key].map { devices[$0] } }
}
