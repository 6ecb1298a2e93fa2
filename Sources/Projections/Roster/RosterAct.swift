// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging

/// An entry about the roster, read.
package struct RosterAct {
    let place: EntryRef
    let time: HybridTime
    let event: RosterEvent
    /// The first half of the log's chain value at the place, where a pinned entry may name it.
    package var chain: Bytes16?

    /// Nil for an entry that is no roster act, or says nothing that can be used.
    package init?(_ entry: EntryView, at place: EntryRef) {
        guard entry.header.subject == .none, entry.header.isFromLaterVersion == false,
            let event = RosterAct.event(entry)
        else { return nil }
        self.place = place
        time = entry.header.time
        self.event = event
    }

    /// Whether other acts name this one with its history: what is cut is lifted by its name.
    package var mayBeNamed: Bool { if case .cut = event { true } else { false } }

    private static func event(_ entry: EntryView) -> RosterEvent? {
        do throws(CBORError) {
            return RosterEvent(type: entry.header.type, try CBORValue(raw: entry.changes))
        } catch {
            // A body that is no valid CBOR is kept and forwarded, and says nothing.
            return nil
        }
    }
}
