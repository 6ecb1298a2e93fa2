// SPDX-License-Identifier: MIT
package import Basics

/// What an event is about, before its entry has a place.
package enum EventSubject: Hashable, Sendable {
    case creates
    case none
    /// A record that is held.
    case record(EntryID)
    /// The record that the event at this place of the same batch creates, counted from 0.
    case created(at: Int)
}

/// A fact, past tense, that an entry is going to carry.
package struct Event: Hashable, Sendable {
    /// `case.opened`.
    package let type: String
    package let subject: EventSubject
    /// Field names to changes, as `Docs/Formats/Changes.md` says; nil for a receipt.
    package let changes: [String: CBORValue]?
    /// Links to records that earlier events of the same batch create: field to place in the batch.
    package let links: [String: Int]

    package init(
        _ type: String, _ subject: EventSubject, _ changes: [String: CBORValue]?,
        links: [String: Int] = [:]
    ) {
        self.type = type
        self.subject = subject
        self.changes = changes
        self.links = links
    }

    /// The body's CBOR map.
    package var encodedChanges: [UInt8]? {
        changes.map { changes in
            CBORValue.map(
                Dictionary(uniqueKeysWithValues: changes.map { (.text($0.key), $0.value) })
            ).encoded
        }
    }
}
