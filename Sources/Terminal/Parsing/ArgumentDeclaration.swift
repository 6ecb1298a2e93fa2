// SPDX-License-Identifier: MIT

/// A value that a verb takes by its place on the command line.
package struct ArgumentDeclaration: Equatable, Sendable {
    /// How often it may be given. Only the last argument of a verb may be optional or repeat.
    package enum Count: Equatable, Sendable {
        case one
        case optional
        case oneOrMore
        case any
    }

    /// Lower case with hyphens; shown in capitals.
    package let name: String
    /// One sentence or more, with full stops.
    package let help: String
    /// What passes and what the shell offers.
    package let kind: ValueKind
    /// How often it may or must be given.
    package let count: Count

    /// An argument that must be given once, of any text, unless said otherwise.
    package init(
        _ name: String, _ help: String, _ kind: ValueKind = .text, count: Count = .one
    ) {
        self.name = name
        self.help = help
        self.kind = kind
        self.count = count
    }

    /// How help and messages name it: `FILE`.
    package var placeholder: String { name.uppercased() }

    var isRequired: Bool { count == .one || count == .oneOrMore }
    var repeats: Bool { count == .oneOrMore || count == .any }

    /// As it stands in the usage line: `[FILE]...`.
    var usage: String {
        switch count {
        case .one: placeholder
        case .optional: "[\(placeholder)]"
        case .oneOrMore: "\(placeholder)..."
        case .any: "[\(placeholder)]..."
        }
    }
}
