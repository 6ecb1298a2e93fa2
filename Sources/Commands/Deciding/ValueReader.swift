// SPDX-License-Identifier: MIT
package import Basics
package import Events

/// Turns what a person typed into a value of a field.
package struct ValueReader {
    let author: DecisionContext

    package init(_ author: DecisionContext) { self.author = author }

    /// The value, or a rejection that says what the field takes.
    package func value(_ text: String, for field: Field) throws(Rejection) -> CBORValue {
        let trimmed = text.withPlainSpaces.trimmed
        guard trimmed.isEmpty == false else {
            throw Rejection(
                "Nothing was given for '\(field.label)'.", advice: "Say what it should be.")
        }
        guard trimmed.showsSomething else { throw ValueReader.invisible(field.label) }
        guard trimmed.utf8.count <= CBORReader.stringLimit else {
            throw Rejection(
                "\(field.label) is longer than 65,536 bytes, the most that one text can have.",
                advice: "Nothing was written: put it in several, such as notes.")
        }
        switch field.type {
        case .text: return .text(try line(trimmed, field))
        case .longText: return .text(trimmed)
        case .code: return .text(try ValueReader.code(trimmed, field))
        case .choice(let choices): return .text(try choice(trimmed, choices, field))
        case .date(let words): return .text(try date(trimmed, words, field))
        case .integer: return .integer(try integer(trimmed, field))
        case .flag: return .bool(try flag(trimmed, field))
        case .link(let kind): return Link(try author.find(trimmed, kind), in: author.log).value
        }
    }

    /// `key=value` for a keyed field: what stands before the last equals sign is the key.
    package func keyed(
        _ text: String, for field: Field
    ) throws(Rejection) -> (key: String, value: CBORValue) {
        let shape = "\(field.key ?? "name")=value"
        guard let mark = text.lastIndex(of: "=") else {
            throw Rejection(
                "\(field.label) takes '\(shape)', and '\(text)' has no equals sign.",
                advice: "For example: 'homes marked=3'.")
        }
        let key = String(text[..<mark]).withPlainSpaces.trimmed
        guard key.isEmpty == false else {
            throw Rejection("\(field.label) takes '\(shape)', and nothing stands before the '='.")
        }
        guard key.showsSomething else { throw ValueReader.invisible(field.label) }
        if field.key == "period|source", key.contains("|") == false {
            throw Rejection(
                "A reading needs its period and its source: 'period|source=number'.",
                advice: "For example: '2013/14|police=811'.")
        }
        return (key, try value(String(text[text.index(after: mark)...]), for: field))
    }

    private static func invisible(_ label: String) -> Rejection {
        Rejection(
            "\(label) holds only characters that cannot be seen.",
            advice: "Type it again; nothing was written.")
    }

    private func line(_ text: String, _ field: Field) throws(Rejection) -> String {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw Rejection("\(field.label) takes one line without control characters.")
        }
        return text
    }

    /// A code as it is, or a rejection for a text that cannot be one.
    package static func code(_ text: String, _ field: Field) throws(Rejection) -> String {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: ";") }) else {
            throw Rejection(
                "\(field.label) takes a short code without spaces, and '\(text)' is none.")
        }
        return text
    }

    private func choice(
        _ text: String, _ choices: [String], _ field: Field
    ) throws(Rejection) -> String {
        let wanted = text.lowercasedASCII.replacing(" ", with: "-")
        if let known = choices.first(where: { $0 == wanted }) { return known }
        throw Rejection(
            "\(field.label) cannot be '\(text)'.",
            advice: "It is one of: \(choices.joined(separator: ", ")).")
    }

    private func date(
        _ text: String, _ words: [String], _ field: Field
    ) throws(Rejection) -> String {
        let wanted = text.lowercasedASCII.filter { $0 != " " && $0 != "-" }
        if let word = words.first(where: { $0.filter { $0 != "-" } == wanted }) { return word }
        let leaning = field.hasHappened ? SaidDate.Leaning.past : .nearest
        guard let said = CalendarDate.written(text, today: author.today, leaning: leaning) else {
            let also = words.isEmpty ? "" : ", or \(words.joined(separator: ", "))"
            throw Rejection(
                "\(field.label) takes a date, and '\(text)' is none.",
                advice: "Write it as 2015, 2015-03, 2015-03-14 or 14/3/2015\(also).")
        }
        guard field.hasHappened == false || said <= author.today else {
            throw Rejection(
                "\(field.label) cannot be \(said): that has not come yet.",
                advice: "Look at the year; nothing was written.")
        }
        return said
    }

    private func integer(_ text: String, _ field: Field) throws(Rejection) -> Int64 {
        let label = field.label
        guard let digits = ValueReader.ungrouped(text) else {
            throw Rejection("\(label) takes a whole number, and '\(text)' is none.")
        }
        guard let number = Int64(digits) else {
            throw Rejection("\(label) takes no number as large as '\(text)'.")
        }
        // What is counted or read off under a name may fall.
        guard number >= 0 || field.key != nil else {
            throw Rejection("\(label) cannot be less than 0.", advice: "Nothing was written.")
        }
        return number
    }

    /// The digits of a whole number, and its sign; nil for another text. Commas may stand between
    /// thousands and nowhere else: `1,5` is no number of pounds or people.
    private static func ungrouped(_ text: String) -> String? {
        let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
        let groups = text.dropFirst(isSigned ? 1 : 0).split(
            separator: ",", omittingEmptySubsequences: false)
        let isNumber = groups.allSatisfy { group in
            group.isEmpty == false && group.utf8.allSatisfy { (48...57).contains($0) }
        }
        let isGrouped =
            groups.count == 1
            || groups[0].utf8.count <= 3 && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
        return isNumber && isGrouped ? (isSigned ? text.prefix(1) : "") + groups.joined() : nil
    }

    private func flag(_ text: String, _ field: Field) throws(Rejection) -> Bool {
        switch text.lowercasedASCII {
        case "yes", "y", "true", "1": return true
        case "no", "n", "false", "0": return false
        default: throw Rejection("\(field.label) is yes or no, and '\(text)' is neither.")
        }
    }
}
