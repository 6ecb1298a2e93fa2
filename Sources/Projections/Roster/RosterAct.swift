// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging

/// An entry about the roster, read.
package struct RosterAct {
    package let place: EntryRef
    let time: HybridTime
    let event: RosterEvent
    /// The first half of the log's chain value at the place, where another act may name this one.
    package var chain: Bytes16?

    /// Nil for an entry that is no roster act, or says nothing that can be used.
    package init?(_ entry: EntryView, at place: EntryRef) {
        guard entry.header.subject == .none, entry.header.isFromLaterVersion == false,
            let event = entry.said.flatMap({ RosterEvent(type: entry.header.type, $0) })
        else { return nil }
        self.place = place
        time = entry.header.time
        self.event = event
    }

    /// The acts that this one replaces, takes back or follows.
    package var names: [PinnedEntry] {
        switch event {
        case .enrolled(let enrolment): enrolment.replaces
        case .reinstated(_, let cuts, _): cuts
        case .epochOpened(let opening): opening.after + opening.unread
        case .epochShared(let sharing): [sharing.opened]
        case .founded, .cut, .recoveryRenewed: []
        }
    }

    /// The entries of others' logs that it names as the last ones that count.
    package var lastCounted: [PinnedEntry] {
        guard case .cut(_, let places, _) = event else { return [] }
        return places
    }

    /// The key whose enrolment ends, and with which day; nil for other acts.
    package var ending: (key: DeviceKey, day: CivilDay)? {
        guard case .enrolled(let enrolment) = event, let day = enrolment.until else { return nil }
        return (enrolment.key, day)
    }

    /// Whether what it does to a log depends on what is yet to come in that log.
    var looksAhead: Bool {
        guard case .enrolled(let enrolment) = event else { return false }
        return enrolment.replaces.isEmpty == false || enrolment.until != nil
    }
}
