// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Merging
import Projections
import Queries

/// Reads `--where "due<today"`: a field, a comparison, a value; or `risk in high,medium`.
struct ListConditions {
    private let book: Book
    private let kinds: [Kind]
    private let session: Session
    /// Whom `me` means.
    private let me: String

    /// Only fields of one kind, or of any.
    init(on kind: Kind?, in book: Book, _ session: Session, me: String) {
        self.book = book
        self.session = session
        self.me = me
        kinds = kind.map { [$0] } ?? book.vocabulary.kinds
    }

    func condition(_ said: String) throws -> RecordCondition {
        guard let (name, comparison, text) = ListConditions.parts(said) else {
            throw Rejection(
                "'\(said)' compares nothing.",
                advice: """
                    Write a field, one of = != < <= > >= ~ and a value, or 'FIELD in A,B', in \
                    quotes: --where "due<today".
                    """)
        }
        let field = try self.field(name)
        guard field.family != .entries else {
            throw Rejection(
                "'\(field.name)' holds texts, which a list does not look into.",
                advice: "'beatbook search WORDS' finds records by their words.")
        }
        if let comparison, comparison == .contains || comparison.isOrdering {
            try check(comparison, field)
        }
        let texts = comparison == nil ? text.split(separator: ",").map { trimmed($0) } : [text]
        let values = try texts.map { try value($0, field, comparison ?? .equals) }
        return RecordCondition(field.name, comparison ?? .equals, values)
    }

    /// The field of a name; of several kinds the first one's.
    func field(_ name: String) throws(Rejection) -> Field {
        for kind in kinds {
            // People ask for one owner of several.
            if let field = kind.field(name) ?? kind.field("\(name)s") { return field }
        }
        let names = kinds.count == 1 ? kinds[0].fields.map(\.name) : []
        let nearest =
            Spelling.nearest(to: name, among: names).map { "Did you mean '\($0)'? " } ?? ""
        let what = kinds.count == 1 ? "No \(kinds[0].name) has" : "No record has"
        throw Rejection(
            "\(what) a field '\(name)'.",
            advice: nearest
                + (names.isEmpty
                    ? "'beatbook list KIND --help' says more."
                    : "Their fields are: \(names.joined(separator: ", "))."))
    }

    private func check(
        _ comparison: RecordCondition.Comparison, _ field: Field
    ) throws(Rejection) {
        let fits =
            switch field.type {
            case .date, .integer: comparison.isOrdering
            case .text, .longText, .code: comparison == .contains
            case .choice, .flag, .link: false
            }
        guard fits == false else { return }
        throw Rejection(
            "'\(comparison.rawValue)' does not go with '\(field.name)'.",
            advice: """
                '<' and '>' compare dates and numbers, '~' looks into texts; '=', '!=' and 'in' go \
                with every field.
                """)
    }

    private func value(
        _ text: String, _ field: Field, _ comparison: RecordCondition.Comparison
    ) throws -> RecordCondition.Value {
        guard text.isEmpty == false else { return .nothing }
        switch field.type {
        case .text, .longText, .code:
            let isMe = field.family == .set && text.lowercased() == "me"
            return .text(isMe && me.isEmpty == false ? me : text)
        case .choice(let names):
            // A rule may have a status read otherwise.
            guard names.contains(where: { $0.lowercased() == text.lowercased() }) else {
                throw unknown(text, field, among: names)
            }
            return .text(text)
        case .date(let words):
            if words.contains(text) { return .text(text) }
            return .date(try date(text, field))
        case .integer:
            guard let number = Int64(text) else { throw unreadable(text, field, "a number") }
            return .number(number)
        case .flag:
            guard let flag = ["yes": true, "no": false][text.lowercased()] else {
                throw unknown(text, field, among: ["yes", "no"])
            }
            return .flag(flag)
        case .link:
            let place = try session.find(text, in: book)
            return .record(book.logs.entry(at: place))
        }
    }

    private func date(_ text: String, _ field: Field) throws -> String {
        guard let said = CalendarDate.written(text, today: session.today) else {
            throw unreadable(text, field, "a date such as 2017, 2017-03, 31/3/2017 or today")
        }
        return said
    }

    private func unknown(_ text: String, _ field: Field, among names: [String]) -> Rejection {
        let nearest =
            Spelling.nearest(to: text, among: names).map { "Did you mean '\($0)'? " } ?? ""
        return Rejection(
            "'\(text)' is no value of '\(field.name)'.",
            advice: nearest + "It is one of: \(names.joined(separator: ", ")).")
    }

    private func unreadable(_ text: String, _ field: Field, _ what: String) -> Rejection {
        Rejection(
            "'\(field.name)' takes \(what), and '\(text)' is none.", advice: "Nothing was listed.")
    }

    /// The comparison is nil for `in`. Nil if there is none.
    private static func parts(
        _ said: String
    ) -> (field: String, comparison: RecordCondition.Comparison?, value: String)? {
        let words = said.split(separator: " ", maxSplits: 2)
        if words.count == 3, words[1].lowercased() == "in" {
            return (String(words[0]), nil, String(words[2]))
        }
        guard let start = said.firstIndex(where: { "=!<>~".contains($0) }) else { return nil }
        let field = trimmed(said[..<start])
        // `<=` before `<`.
        let signs = RecordCondition.Comparison.allCases.sorted {
            $0.rawValue.count > $1.rawValue.count
        }
        let rest = said[start...]
        guard field.isEmpty == false,
            let comparison = signs.first(where: { rest.hasPrefix($0.rawValue) })
        else { return nil }
        return (field, comparison, trimmed(rest.dropFirst(comparison.rawValue.count)))
    }

    private func trimmed(_ text: some StringProtocol) -> String { ListConditions.trimmed(text) }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var slice = Substring(text)
        while slice.first?.isWhitespace ?? false { slice.removeFirst() }
        while slice.last?.isWhitespace ?? false { slice.removeLast() }
        return String(slice)
    }
}
