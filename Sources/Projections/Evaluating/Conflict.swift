// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Merging

/// Something that a person has to decide: where it stands, what each side says, what it reads until
/// then, why it is asked, and who may settle it how.
package struct Conflict: Hashable, Sendable {
    /// Why a person is asked.
    package enum Cause: Hashable, Sendable {
        /// Unequal values were written by people who had not seen each other.
        case values
        /// Elements were added to a set by people who had not seen each other.
        case additions
        /// A part was voided and corrected, or corrected in two ways, by people who had not seen
        /// each other.
        case part(PartName)
        /// A rule across fields has something to say, or a count is out of its range.
        case finding(RecordFinding)
    }

    /// An entry that is part of the matter, and what it says.
    package struct Side: Hashable, Sendable {
        /// The field that it was written on, which for a rule may be another than the conflict's.
        package let field: Field
        package let entry: EntryRef
        package let time: HybridTime
        /// Null for a field that was cleared, a part that was voided, and a part that was added.
        package let value: EncodedValue
    }

    /// What is read until somebody decides.
    package enum Reading: Hashable, Sendable {
        case value(EncodedValue)
        case elements([EncodedValue])
        /// What a rule has the field read in the place of its value.
        case suspended(String)
        case count(Int128)
        /// A disputed part is left out of the counts.
        case leftOut
    }

    /// How it is settled.
    package enum Way: Hashable, Sendable {
        /// `resolve` with a value. The values that are offered, the most protective first.
        case value([EncodedValue])
        /// `resolve` with the elements that stay; without any all stay.
        case elements
        /// `resolve` with the right words, or a verb that voids or corrects the part.
        case part
        /// An addition that puts the sum right.
        case count
    }

    package let field: Field
    /// The register's or the count's key; empty for a plain field, and for a part, which the cause
    /// names.
    package let key: String
    /// The most protective first where the field has such an order, else as they came.
    package let sides: [Side]
    package let shown: Reading
    package let cause: Cause
    /// Who may settle it in any way.
    package let settlers: Roles
    package let way: Way
    /// 0 first.
    package let urgency: Int

    /// How many sides are kept of a matter that has more.
    package static let sideLimit = 64

    /// What a rule or a check of counts found; nil for a disagreement.
    package var finding: RecordFinding? {
        if case .finding(let finding) = cause { finding } else { nil }
    }

    /// Whether it is one on counts, which additions put right and nobody decides.
    package var isOfCounts: Bool { way == .count }

    /// What it is about, by which two readings of one record are compared. Keys are one only if
    /// their bytes are: letters that look alike may be two.
    package struct Matter: Hashable, Sendable {
        private enum Subject: Hashable, Sendable {
            case values, additions
            case part(PartName)
            case finding(String)
        }

        private let field: String
        private let key: [UInt8]
        private let subject: Subject

        fileprivate init(_ conflict: Conflict) {
            field = conflict.field.name
            key = Array(conflict.key.utf8)
            subject =
                switch conflict.cause {
                case .values: .values
                case .additions: .additions
                case .part(let part): .part(part)
                case .finding(let finding): .finding(finding.name)
                }
        }
    }

    package var matter: Matter { Matter(self) }
}

/// What a rule across fields, or a check of counts, has found.
package struct RecordFinding: Hashable, Sendable {
    /// `closure-disputed`, as lists and JSON name it.
    package let name: String
    /// The place in the table of clash rules, such as C4; empty if it has none.
    package let rule: String
    package let sentence: String
    package let field: String
    /// The values that only those may let the field read who settle the finding.
    package let guarded: [EncodedValue]
    /// 0 first.
    package let urgency: Int
}
