// SPDX-License-Identifier: MIT
import Reports

/// Answers the shell's question how a word may go on, from the declarations alone.
///
/// The scripts of `CompletionScript` pass the words of the line to the hidden verb
/// `Parser.completionVerb` and get lines back: first `words`, `files` or `folders`; after `words`,
/// a line for each candidate, with a tab and an explanation behind it if there is one. So a verb
/// that is declared is completed, in every shell, without a new script.
package struct Completer {
    /// What records may stand here; only the program can tell.
    package struct RecordQuery: Equatable, Sendable {
        /// As declared: "" for records of any kind.
        package let kind: String
        /// What was typed of the reference so far.
        package let prefix: String
        /// The values of the options before, by name: which book is meant, for one.
        package let options: [String: String]
    }

    private enum Answer {
        case words([ValueKind.Choice])
        case files
        case folders
    }

    private let program: ProgramDeclaration
    private let records: (RecordQuery) -> [ValueKind.Choice]

    /// `records` is asked for the references that fit a query; those that do not are left out
    /// anyway.
    package init(
        _ program: ProgramDeclaration,
        records: @escaping (RecordQuery) -> [ValueKind.Choice]
    ) {
        self.program = program
        self.records = records
    }

    /// The answer for the shell's script, of which the last word is the one to complete.
    package func answer(to words: [String]) -> String {
        let current = words.last ?? ""
        var reader = WordReader(program: program)
        let isHelp = words.first == "help" && words.count > 1 && program.verb(at: ["help"]) == nil
        for word in words.dropLast().dropFirst(isHelp ? 1 : 0) {
            // What is wrong before does not stop anybody from completing what comes after.
            do { try reader.take(word) } catch { continue }
        }
        let answer = isHelp ? .words(verbs(reader)) : candidates(for: current, reader)
        switch answer {
        case .files: return "files\n"
        case .folders: return "folders\n"
        case .words(let choices): return text(choices.filter { $0.word.hasPrefix(current) })
        }
    }

    private func candidates(for current: String, _ reader: WordReader) -> Answer {
        if let kind = reader.awaiting?.kind {
            return values(of: kind, prefix: current, reader)
        }
        if current.hasPrefix("-"), !reader.isAfterSeparator {
            return optionCandidates(for: current, reader)
        }
        var words = verbs(reader)
        if reader.path.isEmpty { words.append(.init("help", "Show help")) }
        guard let argument = argument(reader) else { return .words(words) }
        let answer = values(of: argument.kind, prefix: current, reader)
        if case .words(let values) = answer { return .words(words + values) }
        return words.contains { $0.word.hasPrefix(current) } ? .words(words) : answer
    }

    private func verbs(_ reader: WordReader) -> [ValueKind.Choice] {
        reader.verbs.filter { !$0.isHidden }.map { .init($0.name, $0.summary) }
    }

    /// The argument that the next word would be the value of.
    private func argument(_ reader: WordReader) -> ArgumentDeclaration? {
        guard let arguments = reader.verb?.arguments else { return nil }
        let count = reader.positionals.count
        if count < arguments.count { return arguments[count] }
        return arguments.last.flatMap { $0.repeats ? $0 : nil }
    }

    private func optionCandidates(for current: String, _ reader: WordReader) -> Answer {
        if current.hasPrefix("--"), let mark = current.firstIndex(of: "=") {
            let name = current[..<mark].dropFirst(2)
            guard let kind = reader.option(named: name)?.kind else { return .words([]) }
            let prefix = String(current[mark...].dropFirst())
            let answer = values(of: kind, prefix: prefix, reader)
            guard case .words(let values) = answer else { return answer }
            return .words(values.map { .init("--\(name)=\($0.word)", $0.help) })
        }
        let isOpen: (OptionDeclaration) -> Bool = { option in
            option.repeats || !reader.given.contains { $0.option == option }
        }
        return .words(reader.options.filter(isOpen).map { .init($0.spelling, $0.help) })
    }

    private func values(of kind: ValueKind, prefix: String, _ reader: WordReader) -> Answer {
        switch kind {
        case .text, .integer, .date, .pair: return .words([])
        case .choices(let choices), .suggestions(let choices): return .words(choices)
        case .file: return .files
        case .folder: return .folders
        case .record(let recordKind):
            let given = reader.given.compactMap { given in
                given.value.map { (given.option.name, $0) }
            }
            let options = Dictionary(given) { _, last in last }
            return .words(records(RecordQuery(kind: recordKind, prefix: prefix, options: options)))
        }
    }

    private func text(_ choices: [ValueKind.Choice]) -> String {
        choices.reduce(into: "words\n") { text, choice in
            // A word that a line cannot carry cannot be typed either.
            if choice.word.isEmpty || choice.word.harmlessLine != choice.word { return }
            let help = choice.help.harmlessLine
            text += choice.word + (help.isEmpty ? "" : "\t" + help) + "\n"
        }
    }
}
