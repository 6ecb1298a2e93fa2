// SPDX-License-Identifier: MIT
import Events

/// What help and completion say of a field.
struct FieldHelp {

    private let field: Field

    init(_ field: Field) { self.field = field }

    var text: String {
        if let key = field.key { return "\(field.label), as '\(key)=value'." }
        switch field.type {
        case .date(let words):
            let also = words.isEmpty ? "" : " or '\(words.joined(separator: "', '"))'"
            return "\(field.label): a date such as 2015-03-14\(also)."
        case .flag: return "\(field.label)."
        case .link(let kind):
            return "\(field.label): the reference of \((kind ?? "record").withArticle)."
        case .text, .longText, .code, .choice, .integer: return "\(field.label)."
        }
    }

    var valueKind: ValueKind {
        guard field.key == nil else { return .text }
        switch field.type {
        case .choice(let names): return .choices(names.map { ValueKind.Choice($0) })
        case .flag: return .words("yes", "no")
        case .link(let kind): return .record(kind: kind ?? "")
        case .text, .longText, .code, .date, .integer: return .text
        }
    }
}

extension String {
    /// A noun as a sentence names one of it: `a case`, `an action`.
    var withArticle: String {
        first.map { "aeiou".contains($0) } ?? false ? "an \(self)" : "a \(self)"
    }
}
