// SPDX-License-Identifier: MIT

/// A rule across the fields of a record, told by what an author had not seen.
package struct Rule: Hashable, Sendable {
    /// What the author of the triggering write had not seen.
    package enum Cause: Hashable, Sendable {
        /// A part added to this field.
        case part(String)
        /// A write on this cautious field that is more protective than any the author had seen.
        case moreCautious(String)

        package var field: String {
            switch self {
            case .part(let field), .moreCautious(let field): field
            }
        }
    }

    package enum Effect: Hashable, Sendable {
        /// The record stays as it is and someone should look.
        case flag
        /// The field reads as this until a person settles it, and the record counts as open.
        case suspend(reading: String)
    }

    /// Its place in the table of clash rules.
    package let number: String
    /// The name that lists and JSON use: `closure-disputed`.
    package let name: String
    /// What a person should know, one sentence.
    package let sentence: String
    package let field: String
    package let values: [String]
    package let unseen: [Cause]
    package let effect: Effect
    /// Who may let the field read one of `values` while the rule suspends it.
    package let settlers: Roles

    package init(
        _ number: String, _ name: String, _ sentence: String, when field: String,
        is values: [String], hadNotSeen unseen: [Cause], effect: Effect,
        settledBy settlers: Roles = .coordinators
    ) {
        self.number = number
        self.name = name
        self.sentence = sentence
        self.field = field
        self.values = values
        self.unseen = unseen
        self.effect = effect
        self.settlers = settlers
    }
}
