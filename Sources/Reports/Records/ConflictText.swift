// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
package import Projections
package import Queries

/// A conflict in words and for programs. Lists, pages, history and replay all take them from here.
package struct ConflictText {
    private let conflict: Conflict
    private let reference: String
    private let kind: Kind
    private let values: ValueText

    package init(_ conflict: Conflict, of record: RecordView, in book: Book) throws {
        self.conflict = conflict
        reference = try book.reference(record.place)
        kind = record.kind
        values = ValueText(book)
    }

    /// The key of a register or a count, or the entry that added a part; empty for a plain field.
    package var key: String {
        guard case .part(let part) = conflict.cause else { return conflict.key }
        return values.book.logs.place(of: part.id).map { values.book.entryName($0) } ?? ""
    }

    /// The field as `resolve` takes it: `risk`, `targets:bikes marked`, `visits:W01#4`.
    package var name: String {
        isPlain ? conflict.field.name : "\(conflict.field.name):\(key)"
    }

    package var label: String {
        isPlain ? conflict.field.label : "\(conflict.field.label) (\(key))"
    }

    /// Whether the field has nothing beside what is disputed: a key may be empty.
    private var isPlain: Bool { conflict.field.key == nil && key.isEmpty }

    /// What is read until somebody decides.
    package var shown: String {
        get throws {
            switch conflict.shown {
            case .value(let value): try values.text(value.value)
            case .elements(let elements):
                try elements.map { try values.text($0.value) }.joined(separator: ", ")
            case .suspended(let text): text
            case .count(let sum): "\(sum)"
            case .leftOut: "left out of counts"
            }
        }
    }

    /// Who says what, or what was found, in a line.
    package var matter: String {
        get throws {
            if let finding = conflict.finding {
                return finding.rule.isEmpty
                    ? finding.sentence : "\(finding.sentence) (\(finding.rule))"
            }
            let sides = try conflict.sides.prefix(Self.sidesInLine).map { side in
                "\(try said(side)) (\(values.book.callSign(of: side.entry.log)))"
            }
            let rest = conflict.sides.count - sides.count
            return sides.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        }
    }

    private static let sidesInLine = 12

    /// What one side says.
    private func said(_ side: Conflict.Side) throws -> String {
        guard side.field.family == .entries else {
            let value = try values.text(side.value.value)
            // A finding sets one field against another.
            return conflict.finding == nil ? value : "\(side.field.label): \(value)"
        }
        guard case .part = conflict.cause else { return side.field.label }
        return side.value.isNull ? "voided" : "corrected: \(try values.text(side.value.value))"
    }

    /// The same with the words of a part that stands against a closing.
    private func saidInFull(_ side: Conflict.Side) throws -> String {
        guard conflict.finding != nil, side.field.family == .entries,
            let change = try values.book.entry(side.entry)?.changes?[side.field.name],
            case .parts(let acts)? = Change(change, of: side.field)
        else { return try said(side) }
        for case .added(let content) in acts {
            return "\(side.field.label): \(try values.text(content.encoded))"
        }
        return try said(side)
    }

    /// The matter on a record's page: what it is about, who says what, how it is settled.
    package func lines(width: Int) throws -> [StyledText] {
        let paragraphs = Paragraphs(width: width, firstIndent: 2, indent: 2)
        var lines = [""] + paragraphs.wrap(try head)
        for side in conflict.sides.prefix(Conflict.sideLimit) {
            let when = Dates.shown(side.time.milliseconds)
            let name = values.book.entryName(side.entry)
            let by = "(\(try values.author(side.entry.log)), \(when), \(name))"
            let line: StyledText = "\(try saidInFull(side)) \(by, .faint)"
            lines += Paragraphs(width: width, firstIndent: 4, indent: 6).wrap(line)
        }
        let rest = conflict.sides.count - Conflict.sideLimit
        if rest > 0 { lines.append("    and \(rest) more") }
        return lines
            + Paragraphs(width: width, firstIndent: 4, indent: 4).wrap("\(try way)" as StyledText)
    }

    private var head: StyledText {
        get throws {
            switch conflict.cause {
            case .values:
                """
                \(label, .warning) is disputed: it reads \(try shown, .strong) until someone \
                decides.
                """
            case .additions:
                "\(label, .warning): people who had not seen each other added to it; all stand."
            case .part:
                """
                \(label, .warning) is disputed: it was voided or corrected by people who had not \
                seen each other, and is left out of counts.
                """
            case .finding(let finding):
                "\(finding.sentence, .warning)\(finding.rule.isEmpty ? "" : " (\(finding.rule))")"
            }
        }
    }

    /// How it is settled, and by whom. The most protective value is named first.
    private var way: String {
        get throws {
            let name = ShellWord.quoted(name)
            switch conflict.way {
            case .value:
                let command = "beatbook resolve \(reference) \(name) VALUE --reason WHY"
                return "\(beginning): \(command)\(try guarded)"
            case .elements:
                return """
                    To settle it: beatbook resolve \(reference) \(name) --reason WHY, if all stay, \
                    or with VALUE before --reason, if only some do.
                    """
            case .part:
                return """
                    To settle it: beatbook resolve \(reference) \(name) "RIGHT WORDS" --reason \
                    WHY, or beatbook \(kind.name) void \(reference) --\(conflict.field.name) \
                    \(ShellWord.quoted(key)) --reason WHY
                    """
            case .count:
                let correcting = kind.verbs.first { verb in
                    verb.needsReason
                        && verb.inputs.contains {
                            $0.field == conflict.field.name && $0.act == .write && $0.isArgument
                        }
                }
                guard let correcting else {
                    return "To put it right: add what is missing, with --reason WHY."
                }
                let missing = ShellWord.quoted("\(conflict.key)=HOW-MANY")
                return """
                    To put it right: beatbook \(kind.name) \(correcting.name) \(reference) \
                    \(missing) --reason WHY, where HOW-MANY are added.
                    """
            }
        }
    }

    private var beginning: String {
        let isForAll = conflict.settlers.allows(.field) || conflict.finding != nil
        return isForAll ? "To settle it" : "A coordinator settles it"
    }

    /// What only some may answer, after what everyone may.
    private var guarded: String {
        get throws {
            guard let finding = conflict.finding, finding.guarded.isEmpty == false,
                case .value(let offered) = conflict.way
            else { return "" }
            let free = offered.filter { finding.guarded.contains($0) == false }
            let choices = try free.map { try values.text($0.value) }.joined(separator: ", ")
            let last = try finding.guarded.map { try values.text($0.value) }.joined(separator: ", ")
            return ". VALUE is \(choices), or, by a coordinator's word alone, \(last)."
        }
    }
}

extension ConflictText {
    /// The conflict for programs; the shape is described in `Docs/Json.md`.
    package var json: JSON {
        get throws {
            .object([
                .init("field", .string(conflict.field.name)), .init("key", .string(key)),
                .init("why", .string(why)), .init("rule", .string(conflict.finding?.rule ?? "")),
                .init("shown", .string(try shown)), .init("matter", .string(try matter)),
                .init("sides", .array(try conflict.sides.prefix(Conflict.sideLimit).map(json))),
                .init("resolve", conflict.isOfCounts ? .null : .string(name)),
                .init("values", .array(try offered.map { .string($0) })),
                .init(
                    "settlers",
                    .array(
                        Role.allCases.filter { conflict.settlers.allows($0) }
                            .map { .string($0.rawValue) })),
            ])
        }
    }

    private var why: String {
        switch conflict.cause {
        case .values: "values"
        case .additions: "additions"
        case .part: "part"
        case .finding(let finding): finding.name
        }
    }

    /// What can be given to `resolve` as a value.
    private var offered: [String] {
        get throws {
            switch (conflict.way, conflict.shown) {
            case (.value(let offered), _):
                try offered.filter { $0.isNull == false }.map { try values.text($0.value) }
            case (.elements, .elements(let elements)):
                try elements.map { try values.text($0.value) }
            case (.elements, _), (.part, _), (.count, _): []
            }
        }
    }

    private func json(_ side: Conflict.Side) throws -> JSON {
        .object([
            .init("field", .string(side.field.name)),
            .init("value", try values.json(side.value.value)),
            .init("entry", .string(values.book.entryName(side.entry))),
            .init("device", .string(values.book.callSign(of: side.entry.log))),
            .init("time", .string(Dates.iso8601(side.time.milliseconds))),
        ])
    }
}
