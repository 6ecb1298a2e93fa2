// SPDX-License-Identifier: MIT
import Basics
import Events

/// What `Docs/Formats/Vocabulary.md` says of the kinds, made from their declarations.
struct VocabularyPage {
    let vocabulary: Vocabulary

    /// Where it begins on the page; what stands before is written by hand.
    static let heading = "## The kinds\n"

    var text: String {
        """
        \(VocabularyPage.heading)
        The vocabulary's number is \(vocabulary.number), its fingerprint
        `\(vocabulary.fingerprint.bytes.hex)`.

        \(vocabulary.kinds.map(section).joined(separator: "\n"))
        """
    }

    private func section(_ kind: Kind) -> String {
        var lines = ["### \(kind.name)", "", "\(VocabularyPage.capital(kind.summary))."]
        lines += facts(of: kind).map { "- \($0)" }.withGap
        lines += ["", "| field | family | value | writes | more cautious | eases | since |"]
        lines += ["|---|---|---|---|---|---|---|"] + kind.fields.map { row($0, of: kind) }
        if kind.rules.isEmpty == false {
            lines += [
                "", "| rule | holds where | its author had not seen | then |", "|---|---|---|---|",
            ]
            lines += kind.rules.map(row)
        }
        lines += ["", "Types of its entries: \(types(of: kind)).", ""]
        return lines.joined(separator: "\n")
    }

    private func facts(of kind: Kind) -> [String] {
        var facts = ["Named by `\(kind.title)`; made by \(makers(of: kind))."]
        if let status = kind.status, kind.closed.isEmpty == false {
            facts.append("Closed while `\(status)` reads \(VocabularyPage.list(kind.closed)).")
        }
        for demand in kind.demands {
            facts.append(
                "Whoever writes \(VocabularyPage.list(demand.values)) says something under "
                    + "`\(demand.field)`, or the record does already.")
        }
        if kind.kept.isEmpty == false {
            facts.append("Nobody takes out the last of \(VocabularyPage.list(kind.kept)).")
        }
        if kind.harmless.isEmpty == false {
            facts.append(
                "Closing without having seen \(VocabularyPage.list(kind.harmless)) does no harm.")
        }
        if let alias = kind.alias { facts.append("Found by its `\(alias)` too.") }
        if kind.since > 1 { facts.append("Known since vocabulary \(kind.since).") }
        return facts
    }

    private func makers(of kind: Kind) -> String {
        VocabularyPage.words(kind.field(kind.title)?.writers ?? .staff)
    }

    private func row(_ field: Field, of kind: Kind) -> String {
        let cells = [
            "`\(field.name)`", field.family.name + (field.flagsSeveral ? ", flagging several" : ""),
            value(of: field),
            VocabularyPage.words(field.writers), field.caution.map { order($0, field) } ?? "",
            field.caution.map { VocabularyPage.words($0.mayEase) } ?? "", since(field, of: kind),
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }

    private func value(of field: Field) -> String {
        let value =
            switch field.type {
            case .text, .longText, .code: field.type.name
            case .choice(let choices): "one of " + VocabularyPage.list(choices)
            case .date(let words):
                words.isEmpty ? "date" : "date, or " + VocabularyPage.list(words)
            case .integer: "signed integer"
            case .flag: "`true` or `false`"
            case .link(let kind): kind.map { "link to a \($0)" } ?? "link"
            }
        let key = field.key.map { "keyed by \($0): " } ?? ""
        return "\(key)\(value)".replacingPipes
    }

    private func order(_ caution: Caution, _ field: Field) -> String {
        switch caution.order {
        case .listed: "the earlier listed"
        case .lesser: field.type == .flag ? "`false`" : "the lesser"
        case .greater: field.type == .flag ? "`true`" : "the greater"
        }
    }

    private func since(_ field: Field, of kind: Kind) -> String {
        let choices = field.choicesSince.sorted {
            $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        }
        .map { "; `\($0.key)` \($0.value)" }.joined()
        return "\(max(kind.since, field.since))\(choices)"
    }

    private func row(_ rule: Rule) -> String {
        let causes = rule.unseen.map { cause in
            switch cause {
            case .part(let field): "a part of `\(field)`"
            case .moreCautious(let field): "a more cautious `\(field)`"
            }
        }
        let effect =
            if case .suspend(let reading) = rule.effect {
                "reads \"\(reading)\""
            } else {
                "told, and stays as it is"
            }
        let place = "`\(rule.field)` is \(VocabularyPage.list(rule.values))"
        return "| `\(rule.name)` (\(rule.number)) | \(place) | "
            + "\(causes.joined(separator: ", ")) | \(effect) |"
    }

    /// What verbs write; what an entry does is said by its body all the same.
    private func types(of kind: Kind) -> String {
        var types = kind.verbs.map { "\(kind.name).\($0.event)" }
        types += kind.verbs.compactMap { verb in
            verb.passingOn.flatMap { passing in
                kind.field(passing.link)?.type.linkedKind.map { "\($0).\(passing.event)" }
            }
        }
        return VocabularyPage.list(types)
    }

    private static func words(_ roles: Roles) -> String {
        switch roles {
        case .staff: "staff"
        case .coordinators: "coordinators"
        default: "roles \(roles.rawValue)"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map { "`\($0)`" }.joined(separator: ", ")
    }

    private static func capital(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}

extension [String] {
    fileprivate var withGap: [String] { isEmpty ? [] : [""] + self }
}

extension String {
    /// A bar would end the cell of a table.
    fileprivate var replacingPipes: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
