// SPDX-License-Identifier: MIT
import Reports

extension UsageError {
    /// Lists of words longer than this are left to the help text.
    private static let mostWords = 12

    /// What is wrong, what may have been meant, and what to do next, in whole sentences.
    package func sentences(program: String) -> String {
        let verb = ([program] + path).joined(separator: " ")
        return [what(verb: verb), next(verb: verb)].joined(separator: " ")
    }

    private func what(verb: String) -> String {
        switch problem {
        case .unknownVerb(let word, let nearest):
            let place = path.isEmpty ? "" : " under '\(verb)'"
            return "There is no verb '\(word)'\(place)." + suggestion(nearest)
        case .missingVerb:
            return "'\(verb)' needs a verb after it."
        case .unknownOption(let option, let nearest):
            let place = path.isEmpty ? "" : " of '\(verb)'"
            return "There is no option '\(option)'\(place)." + suggestion(nearest)
        case .missingValue(let option, let placeholder):
            return "'\(option)' needs a value: '\(option) \(placeholder)'."
        case .unexpectedValue(let option):
            return "'\(option)' takes no value."
        case .repeatedOption(let option):
            return "'\(option)' is given twice and can have one value only."
        case .missingArgument(let placeholder):
            return "\(placeholder) is missing."
        case .missingOption(let usage):
            return "'\(usage)' is missing."
        case .surplusArgument(let word):
            return "'\(word)' is one word too many. Text with spaces needs quotes around it."
        case .wrongValue(let value, let name, let problem):
            return sentences(of: problem, value: value, name: name)
        case .unfit(let sentence):
            return sentence
        }
    }

    private func sentences(of problem: ValueProblem, value: String, name: String) -> String {
        switch problem {
        case .notAmong(let words, let nearest):
            let known = words.count > UsageError.mostWords ? "" : " It can be \(listed(words))."
            return "\(name) cannot be '\(value)'." + known + suggestion(nearest)
        case .notWhole:
            return "\(name) takes a whole number, and '\(value)' is none."
        case .notADate(.unreadable):
            let forms = "2015, 2015-03, 2015-03-01 or 2015-03-01T09:30"
            return "\(name) takes a date such as \(forms), and '\(value)' is none."
        case .notADate(.notInTheCalendar):
            return "\(name) is '\(value)', which is not in the calendar."
        case .notADate(.tooEarly):
            return "\(name) is '\(value)', and nothing in the book is older than 1970."
        case .notAPair:
            return "\(name) takes two words with '=' between them, and '\(value)' is not that."
        }
    }

    private func next(verb: String) -> String {
        switch problem {
        case .unknownVerb, .missingVerb: "'\(verb) --help' shows the verbs."
        case .unknownOption, .missingValue, .unexpectedValue, .repeatedOption, .missingOption:
            "'\(verb) --help' shows the options."
        case .missingArgument, .surplusArgument, .wrongValue, .unfit:
            "'\(verb) --help' shows what it takes."
        }
    }

    private func suggestion(_ nearest: String?) -> String {
        nearest.map { " Did you mean '\($0)'?" } ?? ""
    }

    private func listed(_ words: [String]) -> String {
        let quoted = words.map { "'\($0)'" }
        guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }
}
