// SPDX-License-Identifier: MIT
import Basics
import Events

/// A change to one field, as tests write it; no spaces inside.
///
///     title=Quay    title=          a value; no value
///     labels.fr=Quai                a value under a key
///     tags+=x,y     tags-=x         values added to a set; taken out
///     counts.homes+=3   counts.homes-=1     so many more, so many fewer
///     notes*=text   notes!=a2   notes~=a2,text      a part added; voided; corrected
///     notes*=name:text                              a part that is a map of values
///     again=a2      the entry that this one repeats; `Scenario` reads it
///     again=?       the same in a form that nobody knows
struct ChangeWord {
    let field: String
    let change: CBORValue

    init(_ word: Substring, kind: Kind?, link: (Spot) -> Link) {
        guard let mark = word.firstIndex(of: "=") else {
            preconditionFailure("'\(word)' is no change")
        }
        let text = String(word[word.index(after: mark)...])
        var name = word[..<mark]
        var sign: Character = "="
        if let last = name.last, "+-*!~".contains(last) {
            sign = last
            name = name.dropLast()
        }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        field = parts[0]
        let type = kind?.field(parts[0])?.type ?? .text
        func values() -> [CBORValue] {
            text.split(separator: ",").map { ChangeWord.value(String($0), type, link) }
        }
        let value = ChangeWord.value(text, type, link)
        if parts.count > 1 {
            let amount = sign == "-" ? "-\(text)" : text
            change = Change.keyed([parts[1]: ChangeWord.value(amount, type, link)]).encoded
            return
        }
        switch sign {
        case "+": change = Change.added(values()).encoded
        case "-": change = Change.removed(values()).encoded
        case "*": change = Change.parts([.added(ChangeWord.content(text))]).encoded
        case "!": change = Change.parts([.void(link(Spot(text)))]).encoded
        case "~":
            let halves = text.split(separator: ",", maxSplits: 1)
            let content = PartContent.text(String(halves[1]))
            change = Change.parts([.corrected(link(Spot(halves[0])), content)]).encoded
        default: change = value
        }
    }

    private static func content(_ text: String) -> PartContent {
        let halves = text.split(separator: ":", maxSplits: 1).map(String.init)
        return halves.count == 2 ? .values([halves[0]: .text(halves[1])]) : .text(text)
    }

    private static func value(
        _ text: String, _ type: ValueType, _ link: (Spot) -> Link
    ) -> CBORValue {
        guard text.isEmpty == false else { return .null }
        return switch type {
        case .integer: Int64(text).map { .integer($0) } ?? .text(text)
        case .flag: .bool(text == "yes")
        case .link where Int(text.dropFirst()) != nil: link(Spot(text)).value
        case .link, .text, .longText, .code, .choice, .date: .text(text)
        }
    }
}

extension CBORValue {
    /// Two changes of one field in one entry: maps and arrays are joined.
    func joined(_ other: CBORValue) -> CBORValue {
        switch (self, other) {
        case (.map(let left), .map(let right)): .map(left.merging(right) { $0.joined($1) })
        case (.array(let left), .array(let right)): .array(left + right)
        default: other
        }
    }
}
