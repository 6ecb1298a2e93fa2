// SPDX-License-Identifier: MIT

/// The world failed: a file, a lock, a disk. What was acknowledged before is safe.
package struct Failure: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case notFound, notFolder, exists, locked, damaged, indexDamaged, full, notPermitted, notHere
        case other
    }

    package let kind: Kind
    /// What happened, one whole sentence without private content.
    package let sentence: String
    /// What to do next, one whole sentence, or empty.
    package let advice: String

    package init(_ kind: Kind, _ sentence: String, advice: String = "") {
        self.kind = kind
        self.sentence = sentence
        self.advice = advice
    }

    /// The same trouble, where what was written could not be taken back either.
    package var leavingItWritten: Failure {
        Failure(
            kind, sentence,
            advice: "What was entered may be recorded all the same: look before you enter it again."
        )
    }
}
