// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Projections

/// What a person wants done, before any rule was asked.
package struct Command {
    package let kind: Kind
    package let verb: Verb
    /// The record as the person sees it; nil for a verb that creates one.
    package let record: RecordView?
    /// What was typed, by input: a field may have several values.
    package let values: [Given]
    package let notes: Notes
    package let origin: Origin

    /// Where a wish comes from.
    package enum Origin: Hashable, Sendable {
        case person
        /// A row of a table: what that does not say is not today.
        case table
        /// A row of a table of what was: it says what it says, whatever was asked for then.
        case earlierRecord
    }

    /// Texts typed for one input of the verb.
    package struct Given: Hashable, Sendable {
        package let input: Verb.Input
        package let texts: [String]

        package init(_ input: Verb.Input, _ texts: [String]) {
            self.input = input
            self.texts = texts
        }
    }

    /// What is said of the entry itself.
    package struct Notes: Hashable, Sendable {
        package var reason: String?
        package var occurred: String?

        package init(reason: String? = nil, occurred: String? = nil) {
            self.reason = reason
            self.occurred = occurred
        }
    }

    package init(
        _ kind: Kind, _ verb: Verb, on record: RecordView?, values: [Given], notes: Notes,
        origin: Origin = .person
    ) {
        self.kind = kind
        self.verb = verb
        self.record = record
        self.values = values
        self.notes = notes
        self.origin = origin
    }
}

/// Who decides, and what they can look up.
package struct DecisionContext {
    package let role: Role
    package let log: LogID
    /// Today's date in the author's own time, `2015-03-01`.
    package let today: String
    /// The record, or with a nil kind any record, that a text means.
    package let find: (String, String?) throws(Rejection) -> EntryID
    /// The part that a text such as `W07#112` means, which stands in that field of a record.
    package let findPart: (String, RecordView, Field) throws(Rejection) -> KnownPart
    /// The record as it would read after events of this device; nil where that cannot be told
    /// before they are written.
    package let preview: (RecordView, [Event]) throws(Rejection) -> Preview?
    /// The sides of conflicts, each with the history that it stands in.
    package let pins: ([Conflict]) throws(Rejection) -> [PinnedEntry]

    package init(
        role: Role, log: LogID, today: String,
        find: @escaping (String, String?) throws(Rejection) -> EntryID,
        findPart: @escaping (String, RecordView, Field) throws(Rejection) -> KnownPart,
        preview: @escaping (RecordView, [Event]) throws(Rejection) -> Preview?,
        pins: @escaping ([Conflict]) throws(Rejection) -> [PinnedEntry]
    ) {
        self.role = role
        self.log = log
        self.today = today
        self.find = find
        self.findPart = findPart
        self.preview = preview
        self.pins = pins
    }
}

/// A part of a record that someone named.
package struct KnownPart: Hashable, Sendable {
    /// The entry that added it.
    package let entry: EntryID
    /// Whether it counts no more.
    package let isVoid: Bool

    package init(entry: EntryID, isVoid: Bool) {
        self.entry = entry
        self.isVoid = isVoid
    }
}

/// What a record would read after events that are not written yet.
package struct Preview {
    package let record: RecordView
    /// Of conflicts that would stay since the author's next entry would not have had every side in
    /// sight: what is missing, in whole sentences.
    package let missing: [Conflict.Matter: String]

    package init(record: RecordView, missing: [Conflict.Matter: String]) {
        self.record = record
        self.missing = missing
    }
}

/// The facts that follow from a wish, and what its author should know about them.
package struct Decision: Hashable, Sendable {
    package let events: [Event]
    /// Whole sentences, for the person who wished it.
    package let remarks: [String]
    /// What they settle of the record that they are about.
    package let settled: [Conflict]

    package init(events: [Event], remarks: [String] = [], settled: [Conflict] = []) {
        self.events = events
        self.remarks = remarks
        self.settled = settled
    }
}
