// SPDX-License-Identifier: MIT
package import Reports

/// The help of a program and of each of its verbs, made from the declarations alone.
package struct HelpText: Sendable {
    private let program: ProgramDeclaration
    private let width: Int

    /// `width` is in columns of a terminal.
    package init(_ program: ProgramDeclaration, width: Int) {
        self.program = program
        self.width = width
    }

    /// Help on the verb at a path, or on the program where the path is empty or leads nowhere.
    package func lines(path: [String] = []) -> [StyledText] {
        guard let verb = program.verb(at: path) else { return programLines }
        return lines(of: verb, path: path)
    }

    private var programLines: [StyledText] {
        let name = StyledText(program.name, .strong)
        var sections = [
            wrapped(name + StyledText(lines: " " + program.version + ". " + program.summary)),
            usage("\(program.name) VERB [options]"),
        ]
        let labelWidth = program.verbs.filter { !$0.isHidden }.map(\.name.utf8.count).max() ?? 0
        sections += program.groups.map {
            section($0.title, verbItems($0.verbs), leastLabelWidth: labelWidth)
        }
        sections += [
            section("Options of every verb", program.everywhere.map(item)),
            wrapped("'\(program.name) VERB --help' shows more about a verb."),
        ]
        return joined(sections)
    }

    private func lines(of verb: VerbDeclaration, path: [String]) -> [StyledText] {
        let name = ([program.name] + path).joined(separator: " ")
        var sections = [wrapped(StyledText(verb.summary + ".", .strong))]
        sections.append(
            verb.onlyHoldsVerbs ? usage("\(name) VERB [options]") : usage(of: verb, name))
        if !verb.discussion.isEmpty { sections.append(wrapped(StyledText(lines: verb.discussion))) }
        sections += [
            section("Arguments", verb.arguments.map(item)),
            section("Options", verb.options.map(item)),
            section("Verbs", verbItems(verb.verbs)),
            section("Options of every verb", program.everywhere.map(item)),
            examples(of: verb),
        ]
        if !verb.verbs.isEmpty {
            sections.append(wrapped("'\(name) VERB --help' shows more about a verb."))
        }
        return joined(sections)
    }

    private func usage(of verb: VerbDeclaration, _ name: String) -> [StyledText] {
        let required = verb.options.filter(\.isRequired).map(\.usage)
        let hasOthers = !verb.options.allSatisfy(\.isRequired)
        let words =
            [name] + required + (hasOthers ? ["[options]"] : []) + verb.arguments.map(\.usage)
        return usage(words.joined(separator: " "))
    }

    private func usage(_ line: String) -> [StyledText] {
        Paragraphs(width: width, indent: 7).wrap(
            StyledText("Usage:", .strong) + StyledText(" " + line))
    }

    private func examples(of verb: VerbDeclaration) -> [StyledText] {
        if verb.examples.isEmpty { return [] }
        let lines = verb.examples.flatMap { example in
            // A line to be copied is not wrapped.
            [StyledText("  \(program.name) \(example.line)")]
                + Paragraphs(width: width, firstIndent: 6, indent: 6)
                .wrap(StyledText(example.meaning, .faint))
        }
        return [heading("Examples")] + lines
    }

    private func verbItems(_ verbs: [VerbDeclaration]) -> [LabelledList.Item] {
        verbs.filter { !$0.isHidden }.map { .init(StyledText($0.name), StyledText($0.summary)) }
    }

    private func item(_ argument: ArgumentDeclaration) -> LabelledList.Item {
        .init(StyledText(argument.placeholder), text(argument.help, argument.kind))
    }

    private func item(_ option: OptionDeclaration) -> LabelledList.Item {
        let letter = option.letter.map { "-\($0), " } ?? "    "
        let help = option.help + (option.repeats ? " Can be given more than once." : "")
        return .init(StyledText(letter + option.usage), text(help, option.kind ?? .text))
    }

    /// The help with the words it may be, one a line where they are explained.
    private func text(_ help: String, _ kind: ValueKind) -> StyledText {
        guard let (title, choices) = kind.listed else { return StyledText(lines: help) }
        if choices.allSatisfy(\.help.isEmpty) {
            let words = choices.map(\.word).joined(separator: ", ")
            return StyledText(lines: "\(help) \(title) \(words).")
        }
        let lines = choices.map { "\n  \($0.word)" + ($0.help.isEmpty ? "" : ": \($0.help)") }
        return StyledText(lines: "\(help) \(title)" + lines.joined())
    }

    private func section(
        _ title: String, _ items: [LabelledList.Item], leastLabelWidth: Int = 0
    ) -> [StyledText] {
        if items.isEmpty { return [] }
        var list = LabelledList(width: width, indent: 2)
        list.leastLabelWidth = leastLabelWidth
        return [heading(title)] + list.lines(items)
    }

    private func heading(_ title: String) -> StyledText { StyledText(title + ":", .strong) }

    private func wrapped(_ text: StyledText) -> [StyledText] { Paragraphs(width: width).wrap(text) }

    private func joined(_ sections: [[StyledText]]) -> [StyledText] {
        Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
    }
}

extension ValueKind {
    /// The words that help names, and how it begins to.
    fileprivate var listed: (title: String, choices: [Choice])? {
        switch self {
        case .choices(let choices): ("One of:", choices)
        case .suggestions(let choices): ("For example:", choices)
        case .text, .integer, .date, .pair, .file, .folder, .record: nil
        }
    }
}
