// SPDX-License-Identifier: MIT

/// One thing the program can be told to do, described as a value, so that the parser, help and
/// completion need no code for it.
package struct VerbDeclaration: Equatable, Sendable {
    /// A call as a person would type it, without the program's name, and what it does.
    package struct Example: Equatable, Sendable {
        /// To be copied as it stands, quotes and all.
        package let line: String
        /// What the call does, as a sentence.
        package let meaning: String

        /// A call and what it does.
        package init(_ line: String, _ meaning: String) {
            self.line = line
            self.meaning = meaning
        }
    }

    /// As it is typed, without the verbs above it.
    package let name: String
    /// One line without a full stop: "Open a case".
    package let summary: String
    /// In their order on the line.
    package let arguments: [ArgumentDeclaration]
    /// Besides the global ones; verbs below this one do not have them.
    package let options: [OptionDeclaration]
    /// Prose for the verb's own help, a line a paragraph.
    package private(set) var discussion = ""
    /// Shown at the end of the help.
    package private(set) var examples: [Example] = []
    /// Verbs below this one, as `open` in `case open`. A verb with arguments of its own can be
    /// called too; without any it only holds others.
    package private(set) var verbs: [VerbDeclaration] = []
    /// Whether help and completion pass over it.
    package private(set) var isHidden = false

    /// A verb that can be called; one that only holds others has no arguments.
    package init(
        _ name: String, _ summary: String, _ arguments: [ArgumentDeclaration] = [],
        options: [OptionDeclaration] = []
    ) {
        self.name = name
        self.summary = summary
        self.arguments = arguments
        self.options = options
    }

    /// With prose and examples for its own help.
    package func explained(
        _ discussion: String, examples: [Example] = []
    ) -> VerbDeclaration {
        var copy = self
        copy.discussion = discussion
        copy.examples = examples
        return copy
    }

    /// With verbs below it.
    package func holding(_ verbs: [VerbDeclaration]) -> VerbDeclaration {
        var copy = self
        copy.verbs = verbs
        return copy
    }

    /// Left out of help and completion.
    package func hidden() -> VerbDeclaration {
        var copy = self
        copy.isHidden = true
        return copy
    }

    /// Whether a verb of that name stands below it.
    func holds(_ name: String) -> Bool {
        verbs.contains { $0.name == name && $0.isHidden == false }
    }

    /// Whether it does nothing itself and one of its verbs must follow.
    var onlyHoldsVerbs: Bool { !verbs.isEmpty && arguments.isEmpty }
}
