// SPDX-License-Identifier: MIT

/// What a value of a field looks like, to people who type it and to the reader of a body.
package enum ValueType: Hashable, Sendable {
    /// One line.
    case text
    /// As long as it needs to be.
    case longText
    /// A short name such as an agency's code: letters, digits, hyphens.
    case code
    /// One of the names, least favourable or most protective first where order matters.
    case choice([String])
    /// `2015`, `2015-03`, `2015-03-14`, or one of the words allowed beside dates.
    case date(words: [String])
    /// A whole number.
    case integer
    /// Yes or no.
    case flag
    /// A record, of the kind named or of any.
    case link(kind: String?)

    package static let date = ValueType.date(words: [])
}

extension ValueType {
    /// As the pages call it.
    package var name: String {
        switch self {
        case .text: "text"
        case .longText: "long text"
        case .code: "code"
        case .choice: "choice"
        case .date: "date"
        case .integer: "integer"
        case .flag: "flag"
        case .link: "link"
        }
    }

    /// The words that stand beside dates.
    package var words: [String] {
        if case .date(let words) = self { words } else { [] }
    }

    /// The kind that a link is to; nil for other types, and for a link to any.
    package var linkedKind: String? {
        if case .link(let kind) = self { kind } else { nil }
    }
}
