// SPDX-License-Identifier: MIT

/// A value or a wish that is given by name, anywhere after the verb.
///
/// Made by `flag` or `value` and said more about by the others:
/// `.value("map", "Where a column goes", .pair).showing("COLUMN=FIELD").repeating()`.
package struct OptionDeclaration: Equatable, Sendable {
    /// What stands after the name.
    package enum Value: Equatable, Sendable {
        /// Nothing: it is there or it is not.
        case none
        /// A value, which help calls by the placeholder.
        case one(placeholder: String, ValueKind)
    }

    /// Without its hyphens, lower case.
    package let name: String
    /// One sentence or more, with full stops.
    package let help: String
    /// What stands after the name, if anything.
    package private(set) var value: Value
    /// The short form without its hyphen.
    package private(set) var letter: Character?
    /// Whether it may be given more than once.
    package private(set) var repeats = false
    /// Whether the verb does nothing without it.
    package private(set) var isRequired = false

    private init(_ name: String, _ help: String, _ value: Value) {
        self.name = name
        self.help = help
        self.value = value
    }

    /// An option without a value.
    package static func flag(_ name: String, _ help: String) -> OptionDeclaration {
        OptionDeclaration(name, help, .none)
    }

    /// An option with a value.
    package static func value(
        _ name: String, _ help: String, _ kind: ValueKind = .text
    ) -> OptionDeclaration {
        OptionDeclaration(name, help, .one(placeholder: kind.usualPlaceholder, kind))
    }

    /// With one letter that says the same: `-r`.
    package func short(_ letter: Character) -> OptionDeclaration {
        var copy = self
        copy.letter = letter
        return copy
    }

    /// With a placeholder of its own instead of the one of its kind of value.
    package func showing(_ placeholder: String) -> OptionDeclaration {
        guard case .one(_, let kind) = value else { return self }
        var copy = self
        copy.value = .one(placeholder: placeholder, kind)
        return copy
    }

    /// It may be given more than once, each time with another value.
    package func repeating() -> OptionDeclaration {
        var copy = self
        copy.repeats = true
        return copy
    }

    /// The verb does nothing without it.
    package func required() -> OptionDeclaration {
        var copy = self
        copy.isRequired = true
        return copy
    }

    /// As it is typed: `--risk`.
    var spelling: String { "--" + name }

    /// What its value may be; nil for a flag.
    var kind: ValueKind? {
        guard case .one(_, let kind) = value else { return nil }
        return kind
    }

    /// As it stands in a usage line: `--risk LEVEL`.
    var usage: String {
        guard case .one(let placeholder, _) = value else { return spelling }
        return spelling + " " + placeholder
    }
}

extension ValueKind {
    fileprivate var usualPlaceholder: String {
        switch self {
        case .text, .suggestions: "TEXT"
        case .integer: "NUMBER"
        case .date: "DATE"
        case .pair: "NAME=VALUE"
        case .choices: "WORD"
        case .file: "FILE"
        case .folder: "FOLDER"
        case .record: "RECORD"
        }
    }
}
