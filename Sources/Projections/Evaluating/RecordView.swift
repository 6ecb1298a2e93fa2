// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging

/// Something about a record that a person should see.
package struct RecordFinding: Hashable, Sendable {
    /// `closure-disputed`, as lists and JSON name it.
    package let name: String
    /// The place in the table of clash rules, such as C4; empty if it has none.
    package let rule: String
    package let sentence: String
    package let field: String
    /// 0 first.
    package let urgency: Int
}

/// A record as people see it: what its fields read, what is disputed, what wants a look.
package struct RecordView: Hashable, Sendable {
    package let place: EntryRef
    package let id: EntryID
    package let kind: Kind
    package let fields: [FieldView]
    package let findings: [RecordFinding]
    /// What the status field reads instead of its value while a rule suspends it.
    package let suspended: String?

    package func field(_ name: String) -> FieldView? {
        kind.index(of: name).flatMap { index in fields.first { $0.index == index } }
    }

    package var title: String { field(kind.title)?.shown.text ?? "" }

    /// What a list says of how far the record has come; empty for kinds without a status.
    package var status: String {
        suspended ?? kind.status.flatMap { field($0)?.shown.text } ?? ""
    }

    /// Whether something is still to be done: disputed and suspended closures are open.
    package var isOpen: Bool {
        guard let name = kind.status, let status = field(name) else { return true }
        return suspended != nil || kind.closed.contains(status.shown.text ?? "") == false
    }

    package var conflicts: [FieldView] { fields.filter { $0.isDisputed } }
}
