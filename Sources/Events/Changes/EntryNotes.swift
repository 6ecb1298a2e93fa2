// SPDX-License-Identifier: MIT
package import Basics

/// Names in a body that stand for the entry and not for a field.
package enum EntryNote {
    package static let occurred = NoteForm.occurred.rawValue
    package static let reason = NoteForm.reason.rawValue
    package static let cause = NoteForm.cause.rawValue
    package static let again = NoteForm.again.rawValue
    package static let settles = NoteForm.settles.rawValue
    package static let imported = NoteForm.imported.rawValue
}

/// What an entry's body says of the entry itself.
package struct EntryNotes: Hashable, Sendable {
    package var occurred: String?
    package var reason: String?
    package var cause: Link?
    package var again: PinnedEntry?
    package var settles: [PinnedEntry] = []
    package var imported: Bytes16?

    package init() {}

    /// Takes the notes out of a body; one that has another form is left out.
    package init(_ changes: [String: CBORValue]) {
        func text(_ note: String) -> String? {
            if case .text(let text)? = changes[note] { text } else { nil }
        }
        occurred = text(EntryNote.occurred)
        reason = text(EntryNote.reason)
        cause = changes[EntryNote.cause].flatMap { Link($0) }
        again = changes[EntryNote.again].flatMap { PinnedEntry($0) }
        if case .array(let items)? = changes[EntryNote.settles] {
            settles = items.compactMap { PinnedEntry($0) }
        }
        if case .bytes(let id)? = changes[EntryNote.imported] { imported = Bytes16(id) }
    }

    /// The notes as a body has them, by name.
    package var changes: [String: CBORValue] {
        var changes: [String: CBORValue] = [:]
        changes[EntryNote.occurred] = occurred.map { .text($0) }
        changes[EntryNote.reason] = reason.map { .text($0) }
        changes[EntryNote.cause] = cause?.value
        changes[EntryNote.again] = again?.value
        if settles.isEmpty == false {
            changes[EntryNote.settles] = .array(settles.map(\.value))
        }
        changes[EntryNote.imported] = imported.map { .bytes($0.array) }
        return changes
    }
}
