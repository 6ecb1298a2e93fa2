// SPDX-License-Identifier: MIT

/// Goes through the words of a call from left to right and knows at each which verb is meant, which
/// options are good there, and whether a value is due.
///
/// The parser and the shell's completion both read with it, so that they cannot disagree.
struct WordReader {
    /// An option that was given, with its value if it takes one.
    struct Given {
        let option: OptionDeclaration
        let value: String?
    }

    let program: ProgramDeclaration
    private(set) var path: [String] = []
    private(set) var verb: VerbDeclaration?
    private(set) var positionals: [String] = []
    private(set) var given: [Given] = []
    /// The option whose value is the next word.
    private(set) var awaiting: OptionDeclaration?
    /// Whether `--` was passed, after which nothing is an option or a verb.
    private(set) var isAfterSeparator = false

    init(program: ProgramDeclaration) {
        self.program = program
    }

    /// The options that are good here.
    var options: [OptionDeclaration] { program.everywhere + (verb?.options ?? []) }

    /// The verbs that may come next.
    var verbs: [VerbDeclaration] {
        positionals.isEmpty && !isAfterSeparator ? program.verbs(below: path) : []
    }

    mutating func take(_ word: String) throws(UsageError) {
        if let option = awaiting {
            try takeValue(word, of: option)
        } else if isAfterSeparator || !looksLikeOption(word) {
            try takePositional(word)
        } else if word == "--" {
            isAfterSeparator = true
        } else if word.hasPrefix("--") {
            try takeLong(word)
        } else {
            try takeLetters(word.dropFirst())
        }
    }

    func option(named name: some StringProtocol) -> OptionDeclaration? {
        // As others spell it whose options people know.
        let name = name == "no-color" ? "no-colour" : String(name)
        return options.first { $0.name == name }
    }

    /// An error at this point of the way.
    func error(_ problem: UsageError.Problem) -> UsageError { UsageError(problem, path: path) }

    private func looksLikeOption(_ word: String) -> Bool {
        guard word.hasPrefix("-"), word.utf8.count > 1 else { return false }
        // No option has a digit for its letter: this is a number below zero.
        return Int(word) == nil
    }

    private mutating func takeValue(
        _ word: String, of option: OptionDeclaration
    ) throws(UsageError) {
        // A value may begin with a hyphen, but the name of an option here means a forgotten value.
        let isOption = options.contains {
            $0.spelling == word || $0.letter.map { "-\($0)" } == word
        }
        awaiting = nil
        if isOption { throw missingValue(option) }
        given.append(Given(option: option, value: word))
    }

    private mutating func takePositional(_ word: String) throws(UsageError) {
        if let next = verbs.first(where: { $0.name == word }) {
            path.append(word)
            verb = next
        } else if verb?.onlyHoldsVerbs ?? true {
            let lower = path.isEmpty ? verbs.filter { $0.holds(word) } : []
            guard lower.isEmpty else {
                throw error(.lowerVerb(lower.map { "\($0.name) \(word)" }))
            }
            let names = verbs.filter { !$0.isHidden }.map(\.name)
            throw error(.unknownVerb(word, nearest: Spelling.nearest(to: word, among: names)))
        } else {
            positionals.append(word)
        }
    }

    private mutating func takeLong(_ word: String) throws(UsageError) {
        let parts = word.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let option = option(named: parts[0]) else {
            throw unknownOption("--" + parts[0])
        }
        try take(option, attached: parts.count > 1 ? String(parts[1]) : nil)
    }

    /// Letters of flags together, and at their end one option whose value may follow at once.
    private mutating func takeLetters(_ letters: Substring) throws(UsageError) {
        var rest = letters
        while let letter = rest.popFirst() {
            guard let option = options.first(where: { $0.letter == letter }) else {
                throw unknownOption("-\(letter)")
            }
            if option.value == .none {
                try take(option, attached: nil)
            } else {
                return try take(option, attached: rest.isEmpty ? nil : String(rest))
            }
        }
    }

    private mutating func take(
        _ option: OptionDeclaration, attached: String?
    ) throws(UsageError) {
        switch (option.value, attached) {
        case (.none, nil): given.append(Given(option: option, value: nil))
        case (.none, .some): throw error(.unexpectedValue(option: option.spelling))
        case (.one, nil): awaiting = option
        case (.one, let value?): given.append(Given(option: option, value: value))
        }
    }

    private func unknownOption(_ spelling: String) -> UsageError {
        let known = options.map(\.spelling)
        let nearest = spelling.count > 2 ? Spelling.nearest(to: spelling, among: known) : nil
        return error(.unknownOption(spelling, nearest: nearest))
    }

    func missingValue(_ option: OptionDeclaration) -> UsageError {
        guard case .one(let placeholder, _) = option.value else {
            preconditionFailure("a flag waits for no value")
        }
        return error(.missingValue(option: option.spelling, placeholder: placeholder))
    }
}
