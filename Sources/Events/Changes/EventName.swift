// SPDX-License-Identifier: MIT

/// The names of events about no record. Source: `Docs/Formats/Entry.md`.
package enum EventName {
    package static let received = "sync.received"
    package static let updated = "software.updated"
    package static let enrolled = "roster.enrolled"
    package static let cut = "roster.cut"
    package static let reinstated = "roster.reinstated"
    package static let epoch = "epoch.opened"
    package static let founded = "partnership.founded"

    /// All types that this program knows.
    package static let all = [
        received, updated, enrolled, cut, reinstated, epoch, founded,
    ]

    /// Entries that a device writes by itself: they do not change what a reading seal says.
    package static let automatic = [received, updated]
}
