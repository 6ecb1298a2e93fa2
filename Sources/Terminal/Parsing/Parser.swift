// SPDX-License-Identifier: MIT
package import Basics
import Reports

/// Turns the arguments of the program into a call, in the way of GNU programs: `--name value`,
/// `--name=value`, `-n value`, `-nvalue`, flags together as `-ab`, options before and after
/// arguments, and `--` before words that only look like options.
package struct Parser: Sendable {
    /// The hidden verb by which the shells' completion scripts ask.
    package static let completionVerb = "complete-words"

    private let program: ProgramDeclaration
    private let today: CivilDate

    /// The declaration is taken to have no faults. Dates are read as people say them, `yesterday`
    /// or `24/11`, by the day that it is.
    package init(_ program: ProgramDeclaration, today: CivilDate) {
        self.program = program
        self.today = today
    }

    /// Reads the arguments, without the program's own name before them.
    ///
    /// `--help` wins over whatever else is wrong, save for a verb that does not exist. No arguments
    /// at all ask for help; `help case open` is `case open --help`.
    package func parse(_ arguments: [String]) throws(UsageError) -> Call {
        if arguments.first == Parser.completionVerb {
            return .completeWords(Array(arguments.dropFirst()))
        }
        if arguments.first == "help", program.verb(at: ["help"]) == nil {
            return .help(path: try verbPath(Array(arguments.dropFirst())))
        }
        let options = arguments.prefix { $0 != "--" }
        if arguments.isEmpty || options.contains(where: { $0 == "--help" || $0 == "-h" }) {
            return .help(path: try verbPath(arguments))
        }
        var reader = WordReader(program: program)
        for word in arguments { try reader.take(word) }
        if let option = reader.awaiting { throw reader.missingValue(option) }
        let asksVersion = reader.given.contains { $0.option == ProgramDeclaration.versionOption }
        return asksVersion ? .version : .run(try invocation(reader))
    }

    /// The verb that a call for help is about, whatever is wrong with the call's options.
    private func verbPath(_ arguments: [String]) throws(UsageError) -> [String] {
        var reader = WordReader(program: program)
        for word in arguments {
            do {
                try reader.take(word)
            } catch {
                if case .unknownVerb = error.problem { throw error }
            }
        }
        return reader.path
    }

    private func invocation(_ reader: WordReader) throws(UsageError) -> Invocation {
        guard let verb = reader.verb, !verb.onlyHoldsVerbs else {
            throw reader.error(.missingVerb)
        }
        var valuesByName = try options(reader)
        let taken = try arguments(of: verb, reader)
        try checkNothingIsMissing(verb, reader, valuesByName, taken.map(\.0))
        try checkPlaces(taken, reader)
        for (argument, words) in taken {
            var values: [String] = []
            for word in words {
                values.append(try read(word, argument.kind, of: argument.placeholder, reader))
            }
            valuesByName[argument.name] = values
        }
        let names = verb.arguments.map(\.name) + reader.options.map(\.name)
        return Invocation(
            path: reader.path, valuesByName: valuesByName, declaredNames: Set(names))
    }

    private func options(_ reader: WordReader) throws(UsageError) -> [String: [String]] {
        var valuesByName: [String: [String]] = [:]
        for given in reader.given {
            let option = given.option
            // A verb that holds verbs may have options of its own, which those below it have not.
            guard reader.options.contains(option) else {
                throw reader.error(.unknownOption(option.spelling, nearest: nil))
            }
            if let value = given.value, let kind = option.kind {
                if valuesByName[option.name] != nil, !option.repeats {
                    throw reader.error(.repeatedOption(option.spelling))
                }
                valuesByName[option.name, default: []].append(
                    try read(value, kind, of: "'\(option.usage)'", reader))
            } else {
                valuesByName[option.name] = []
            }
        }
        return valuesByName
    }

    /// All that is missing is said at once.
    private func checkNothingIsMissing(
        _ verb: VerbDeclaration, _ reader: WordReader, _ valuesByName: [String: [String]],
        _ taken: [ArgumentDeclaration]
    ) throws(UsageError) {
        let names = Set(taken.map(\.name))
        let arguments = verb.arguments.filter { $0.isRequired && names.contains($0.name) == false }
        let options = reader.options.filter { $0.isRequired && valuesByName[$0.name] == nil }
        let missing =
            arguments.map { UsageError.Missing(usage: $0.placeholder, kind: $0.kind) }
            + options.map { UsageError.Missing(usage: "'\($0.usage)'", kind: $0.kind) }
        if missing.isEmpty == false { throw reader.error(.missing(missing)) }
    }

    /// Of two words that stand in each other's places, the one that can only be the other's tells.
    private func checkPlaces(
        _ taken: [(ArgumentDeclaration, [String])], _ reader: WordReader
    ) throws(UsageError) {
        for (place, (argument, words)) in taken.enumerated() {
            guard case .choices = argument.kind, words.count == 1,
                argument.kind.problem(with: words[0]) != nil
            else { continue }
            for (other, (_, others)) in taken.enumerated() where other != place {
                guard others.count == 1, argument.kind.problem(with: others[0]) == nil else {
                    continue
                }
                var meant = taken.map(\.1)
                meant.swapAt(place, other)
                throw reader.error(.swapped(meant.flatMap { $0 }))
            }
        }
    }

    private func arguments(
        of verb: VerbDeclaration, _ reader: WordReader
    ) throws(UsageError) -> [(ArgumentDeclaration, [String])] {
        var rest = reader.positionals[...]
        var taken: [(ArgumentDeclaration, [String])] = []
        for argument in verb.arguments {
            let words = argument.repeats ? rest : rest.prefix(1)
            if !words.isEmpty { taken.append((argument, Array(words))) }
            rest = rest.dropFirst(words.count)
        }
        if let surplus = rest.first { throw reader.error(.surplusArgument(surplus)) }
        return taken
    }

    /// The value as a verb takes it: a date as it is written in a book.
    private func read(
        _ value: String, _ kind: ValueKind, of name: String, _ reader: WordReader
    ) throws(UsageError) -> String {
        guard let problem = kind.problem(with: value) else { return value }
        if kind == .date,
            let date = SaidDate.written(value, today: today, leaning: .past),
            kind.problem(with: date) == nil
        {
            return date
        }
        throw reader.error(.wrongValue(value, of: name, problem))
    }
}
