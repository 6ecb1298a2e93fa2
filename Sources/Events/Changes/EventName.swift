// SPDX-License-Identifier: MIT

/// The names of events about no record. Source: `Docs/Formats/Entry.md`.
package enum EventName {
    package static let received = "sync.received"
    package static let updated = "software.updated"
    package static let enrolled = "roster.enrolled"
    package static let cut = "roster.cut"
    package static let reinstated = "roster.reinstated"
    package static let epoch = "epoch.opened"
    package static let epochShared = "epoch.shared"
    package static let recoveryRenewed = "recovery.renewed"
    package static let founded = "partnership.founded"

    package static let circleOpened = "circle.opened"
    package static let circleAdmitted = "circle.admitted"
    package static let circleLeft = "circle.left"
    package static let erasureProposed = "erasure.proposed"
    package static let erasureApproved = "erasure.approved"
    package static let erasureObjected = "erasure.objected"
    package static let erasureWithdrawn = "erasure.withdrawn"
    package static let erasureDecided = "erasure.decided"
    package static let erasureOrdered = "erasure.ordered"
    package static let reportPublished = "report.published"
    /// The only type whose body is sealed.
    package static let sealed = "sealed.entry"
    /// What stands inside a sealed entry about no record.
    package static let accessed = "access.recorded"

    /// All types of entries about no record that this program draws something from.
    package static let used = automatic + RosterEvent.types

    /// Entries that bring an epoch's key, each alone between two seals.
    package static let bringingKeys = [epoch, epochShared]

    /// Entries that a device writes by itself: they do not change what a reading seal says.
    package static let automatic = [received, updated]
}
