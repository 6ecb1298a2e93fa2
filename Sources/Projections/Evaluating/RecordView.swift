// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging

/// What a field reads, and what a rule has people read in the place of that.
package struct FieldReading: Hashable, Sendable {
    package let field: FieldView
    /// `open, closure disputed`; nil where the field reads what it says.
    package let suspended: String?
}

/// A record as people see it: what its fields read, what is disputed, what wants a look.
package struct RecordView: Hashable, Sendable {
    package let place: EntryRef
    package let id: EntryID
    package let kind: Kind
    package let fields: [FieldView]
    /// All that a person has to decide: disagreements by field and key, then what rules found.
    package let conflicts: [Conflict]
    /// What the status field reads instead of its value while a rule suspends it.
    package let suspended: String?

    package func field(_ name: String) -> FieldView? {
        kind.index(of: name).flatMap { index in fields.first { $0.index == index } }
    }

    /// What the field at a place of the kind reads; nil if it was never written.
    package func reading(at index: Int) -> FieldReading? {
        fields.first { $0.index == index }.map { view in
            let isStatus = kind.fields[index].name == kind.status
            return FieldReading(field: view, suspended: isStatus ? suspended : nil)
        }
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

    /// What rules across fields and checks of counts found.
    package var findings: [RecordFinding] { conflicts.compactMap(\.finding) }

    /// What a person has to decide on one field.
    package func conflicts(on field: String) -> [Conflict] {
        conflicts.filter { $0.field.name == field }
    }

    /// What a person had to decide here and need not in a later reading of the record. Counts are
    /// put right and not settled, and what a dispute hides is not settled by it.
    package func settled(in later: RecordView) -> [Conflict] {
        guard conflicts.isEmpty == false else { return [] }
        let matters = Set(later.conflicts.map(\.matter))
        let hidden = Set(
            later.conflicts.filter { $0.finding?.guarded.isEmpty == false }.map(\.field.name))
        return conflicts.filter { conflict in
            let isHidden = conflict.finding != nil && hidden.contains(conflict.field.name)
            return conflict.isOfCounts == false && isHidden == false
                && matters.contains(conflict.matter) == false
        }
    }
}
