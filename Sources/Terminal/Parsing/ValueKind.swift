// SPDX-License-Identifier: MIT

/// What a value on the command line may be: what the parser lets pass and the shell completes.
package enum ValueKind: Equatable, Sendable {
    /// One of a list of words, and what each means.
    package struct Choice: Equatable, Sendable {
        /// As it is typed.
        package let word: String
        /// What it means, or empty where the word says it.
        package let help: String

        /// A word that may be typed, and what it means.
        package init(_ word: String, _ help: String = "") {
            self.word = word
            self.help = help
        }
    }

    /// Any text.
    case text
    /// A whole number, with a sign if need be.
    case integer
    /// A date or time as `Period` reads it.
    case date
    /// `left=right`, of which the left is not empty.
    case pair
    /// One of these words and no other.
    case choices([Choice])
    /// Any text; these words are only offered by the shell.
    case suggestions([Choice])
    /// The path of a file, which may not exist yet.
    case file
    /// The path of a folder, which may not exist yet.
    case folder
    /// The reference of a record of a kind, or of any kind for "". The shell asks the program for
    /// them.
    case record(kind: String)

    /// Choices without explanations.
    package static func words(_ words: String...) -> ValueKind {
        .choices(words.map { Choice($0) })
    }
}
