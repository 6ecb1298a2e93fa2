// SPDX-License-Identifier: MIT
package import Basics
package import Merging

/// What is on the disk for good, and what has gone wrong since without touching it.
package struct Recorded: Sendable {
    /// Where the entries stand in this device's log, in order.
    package let entries: [EntryID]
    /// The same as the index knows them; empty while it has not taken them in.
    package let places: [EntryRef]
    /// Why the index could not follow. The entries are recorded all the same, and the next command
    /// takes them in: whoever records them again has them twice.
    package let trouble: Failure?

    /// The same, where trouble came after the index had followed.
    package func then(_ trouble: Failure) -> Recorded {
        Recorded(entries: entries, places: [], trouble: trouble)
    }
}
