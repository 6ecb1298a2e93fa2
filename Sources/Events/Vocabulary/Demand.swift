// SPDX-License-Identifier: MIT

/// What a status asks for: who writes one of the values says something under another field too, or
/// the record says it already. What was written otherwise stands: it is refused as a wish alone.
package struct Demand: Hashable, Sendable {
    /// Of the kind's status field.
    package let values: [String]
    /// The field that has to say something.
    package let field: String
    /// Why a wish without it is refused, one sentence.
    package let sentence: String

    package init(_ values: [String], need field: String, _ sentence: String) {
        self.values = values
        self.field = field
        self.sentence = sentence
    }
}
