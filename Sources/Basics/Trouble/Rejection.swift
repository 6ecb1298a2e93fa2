// SPDX-License-Identifier: MIT

/// The rules say no: nothing was written, and the sentence says what to do.
package struct Rejection: Error, Hashable, Sendable {
    /// What was refused and why, one whole sentence.
    package let sentence: String
    /// What to do next, one whole sentence, or empty.
    package let advice: String

    package init(_ sentence: String, advice: String = "") {
        self.sentence = sentence
        self.advice = advice
    }
}
