// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging

/// Works out the roster from the acts of all logs, rank by rank, so that nothing goes in circles.
///
/// The lead's acts count always. A coordinator's count up to the place where the lead cut it; the
/// acts of others never do. A cut binds only devices of a lower rank than its author's.
package struct RosterFold {
    let partnership: PartnershipID
    let identities: [LogIndex: LogIdentity]
    let logs: LogTable
    let seen: Causality
    /// In timeline order.
    private let acts: [RosterAct]

    package init(
        partnership: PartnershipID, identities: [LogIndex: LogIdentity], logs: LogTable,
        seen: Causality, acts: [RosterAct]
    ) {
        self.partnership = partnership
        self.identities = identities.filter { $0.value.partnership == partnership }
        self.logs = logs
        self.seen = seen
        let order = TimelineOrder(logs)
        self.acts = acts.sorted { order.precedes(($0.time, $0.place), ($1.time, $1.place)) }
    }

    private struct Entrance {
        let boxKey: Bytes32
        let role: Role
        let rank: Int
        let holder: DeviceHolder
        let time: HybridTime
        /// The entry that says so; nil for the founder.
        let by: EntryRef?
    }

    package func roster() -> Roster {
        guard let founder = identities.values.first(where: { $0.isFounding }) else { return .empty }
        var enrolments: [DeviceKey: Entrance] = [founder.key: founding(founder)]
        // The lead lets in coordinators, and they the others: nobody lets in their own rank, so
        // that nothing goes in circles.
        for rank in 2...3 { enrol(rank, with: &enrolments) }
        let limits = limits(enrolments)
        return Roster(
            devices: devices(enrolments, limits), admissions: admissions(enrolments, limits),
            epochs: epochs(enrolments, limits))
    }

    private func founding(_ founder: LogIdentity) -> Entrance {
        var holder = DeviceHolder(name: "", agency: "", callSign: "")
        var time = HybridTime(raw: 0)
        for act in acts where identities[act.place.log]?.key == founder.key {
            if case .founded(_, let said) = act.event {
                holder = said
                time = act.time
                break
            }
        }
        return Entrance(
            boxKey: founder.birth.boxKey, role: .lead, rank: Role.lead.rank, holder: holder,
            time: time,
            by: nil)
    }

    /// Adds the devices that those of the ranks above enrolled in a rank. Of several enrolments of
    /// one device the least role holds, then the first by log id and seq.
    private func enrol(_ rank: Int, with enrolments: inout [DeviceKey: Entrance]) {
        let above = enrolments
        let limits = limits(above)
        for act in acts {
            guard case .enrolled(let said) = act.event, above[said.key] == nil,
                isFromAbove(said.role.rank, act, above, limits),
                said.role.rank == rank || isLeads(act, above)
            else { continue }
            let new = Entrance(
                boxKey: said.boxKey, role: said.role, rank: said.role.rank, holder: said.holder,
                time: act.time, by: act.place)
            if let known = enrolments[said.key], holds(known, over: new) { continue }
            enrolments[said.key] = new
        }
    }

    private func isLeads(_ act: RosterAct, _ enrolments: [DeviceKey: Entrance]) -> Bool {
        identities[act.place.log].flatMap { enrolments[$0.key] }?.role == .lead
    }

    private func holds(_ known: Entrance, over new: Entrance) -> Bool {
        if known.role != new.role { return known.role.leastFirst < new.role.leastFirst }
        guard let first = known.by, let second = new.by else { return true }
        return CanonicalOrder(logs).precedes(first, second)
    }

    /// Whether an act is the lead's or a coordinator's, and stands before any place where that
    /// device was cut.
    private func counts(
        _ act: RosterAct, _ enrolments: [DeviceKey: Entrance], _ limits: [LogIndex: UInt64]
    ) -> Bool {
        guard let key = identities[act.place.log]?.key, let author = enrolments[key] else {
            return false
        }
        return author.rank <= Role.coordinator.rank
            && act.place.seq <= limits[act.place.log] ?? .max
    }

    /// The last seq that counts of each log of a device that was cut; others are not listed.
    ///
    /// First the coordinators, whom only the lead cuts; then the others, by what is left of
    /// them.
    private func limits(_ enrolments: [DeviceKey: Entrance]) -> [LogIndex: UInt64] {
        var limits: [LogIndex: UInt64] = [:]
        for rank in 2...3 {
            let known = limits
            for act in acts {
                guard case .cut(let key, let places, _) = act.event, enrolments[key]?.rank == rank,
                    isFromAbove(rank, act, enrolments, known),
                    isLifted(act, key, enrolments, known) == false
                else { continue }
                for (index, log) in identities where log.key == key {
                    let listed = places.first { $0.log == log.id }?.seq ?? 0
                    limits[index] = min(limits[index] ?? .max, listed)
                }
            }
        }
        return limits
    }

    /// Whether an act counts and its author's rank is above this one.
    private func isFromAbove(
        _ rank: Int, _ act: RosterAct, _ enrolments: [DeviceKey: Entrance],
        _ limits: [LogIndex: UInt64]
    ) -> Bool {
        guard let author = identities[act.place.log]?.key, let above = enrolments[author]?.rank
        else { return false }
        return above < rank && counts(act, enrolments, limits)
    }

    /// Whether someone who could have made the cut, and has seen it, names it and takes it back.
    private func isLifted(
        _ cut: RosterAct, _ key: DeviceKey, _ enrolments: [DeviceKey: Entrance],
        _ limits: [LogIndex: UInt64]
    ) -> Bool {
        acts.contains { act in
            guard case .reinstated(key, let lifted, _) = act.event,
                let rank = enrolments[key]?.rank,
                lifted.contains(where: { names($0, cut) })
            else { return false }
            return isFromAbove(rank, act, enrolments, limits)
                && seen.hasInSight(act.place, cut.place)
        }
    }

    /// Whether a pinned entry is that of an act, in the history that is held.
    private func names(_ pinned: PinnedEntry, _ act: RosterAct) -> Bool {
        pinned.seq == act.place.seq && pinned.log == identities[act.place.log]?.id
            && pinned.chain == act.chain
    }

    private func epochs(
        _ enrolments: [DeviceKey: Entrance], _ limits: [LogIndex: UInt64]
    ) -> [Roster.Epoch] {
        acts.compactMap { act in
            guard case .epochOpened(let id, let without) = act.event,
                counts(act, enrolments, limits)
            else { return nil }
            return Roster.Epoch(id: id, time: act.time, without: Set(without))
        }
    }
}

extension Role {
    /// Of several roles of one device the first by this number holds.
    fileprivate var leastFirst: Int {
        switch self {
        case .auditor: 0
        case .field: 1
        case .coordinator: 2
        case .lead: 3
        }
    }
}

extension RosterFold {
    private func devices(
        _ enrolments: [DeviceKey: Entrance], _ limits: [LogIndex: UInt64]
    ) -> [Device] {
        inOrder(enrolments).map { key, enrolment, callSign in
            let isCut = identities.contains { $0.value.key == key && limits[$0.key] != nil }
            return Device(
                key: key, boxKey: enrolment.boxKey, role: enrolment.role, rank: enrolment.rank,
                holder: enrolment.holder.name, agency: enrolment.holder.agency,
                callSign: callSign, isCut: isCut)
        }
    }

    private func admissions(
        _ enrolments: [DeviceKey: Entrance], _ limits: [LogIndex: UInt64]
    ) -> [LogIndex: Admission] {
        var admissions: [LogIndex: Admission] = [:]
        for (key, enrolment, callSign) in inOrder(enrolments) {
            for (place, index) in ownLogs(key).enumerated() {
                admissions[index] = Admission(
                    spans: [Admission.Span(from: 1, role: enrolment.role, by: enrolment.by)],
                    limit: limits[index] ?? .max, callSign: callSign + RosterFold.letter(place))
            }
        }
        return admissions
    }

    /// A device's logs, each after the one it followed, others by id.
    private func ownLogs(_ key: DeviceKey) -> [LogIndex] {
        let own = identities.filter { $0.value.key == key }
        func depth(_ log: LogIdentity) -> Int {
            var depth = 0
            var current = log
            while depth < own.count, let previous = current.birth.previous?.log,
                let before = own.values.first(where: { $0.id == previous })
            {
                current = before
                depth += 1
            }
            return depth
        }
        return own.sorted { left, right in
            let depths = (depth(left.value), depth(right.value))
            return depths.0 != depths.1 ? depths.0 < depths.1 : left.value.id < right.value.id
        }.map(\.key)
    }

    /// Enrolments in the order they were made, with call signs that nobody else has.
    private func inOrder(
        _ enrolments: [DeviceKey: Entrance]
    ) -> [(key: DeviceKey, enrolment: Entrance, callSign: String)] {
        let sorted = enrolments.sorted { left, right in
            left.value.time != right.value.time
                ? left.value.time < right.value.time : left.key < right.key
        }
        var uses: [String: Int] = [:]
        return sorted.map { key, enrolment in
            let sign = enrolment.holder.callSign.isEmpty ? "X" : enrolment.holder.callSign
            let use = uses[sign, default: 0]
            uses[sign] = use + 1
            return (key, enrolment, sign + RosterFold.letter(use))
        }
    }

    /// Nothing for the first, then b, c and so on; numbers after z.
    private static func letter(_ place: Int) -> String {
        guard place > 0 else { return "" }
        guard place < 26 else { return "z\(place)" }
        return String(UnicodeScalar(UInt8(ascii: "a") + UInt8(place)))
    }
}
