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
        _ kind: Kind, _ verb: Verb, on record: RecordView?, values: [Given], notes: Notes
    ) {
        self.kind = kind
        self.verb = verb
        self.record = record
        self.values = values
        self.notes = notes
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
    /// The entry that a text such as `W07#112` means, which added a part to that field of a record.
    package let findPart: (String, RecordView, Field) throws(Rejection) -> EntryID

    package init(
        role: Role, log: LogID, today: String,
        find: @escaping (String, String?) throws(Rejection) -> EntryID,
        findPart: @escaping (String, RecordView, Field) throws(Rejection) -> EntryID
    ) {
        self.role = role
        self.log = log
        self.today = today
        self.find = find
        self.findPart = findPart
    }
}

/// The facts that follow from a wish, and what its author should know about them.
package struct Decision: Hashable, Sendable {
    package let events: [Event]
    /// Whole sentences, for the person who wished it.
    package let remarks: [String]

    package init(events: [Event], remarks: [String] = []) {
        self.events = events
        self.remarks = remarks
    }
}
