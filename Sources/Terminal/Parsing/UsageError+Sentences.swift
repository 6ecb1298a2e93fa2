// SPDX-License-Identifier: MIT
import Reports

extension UsageError {
    /// Lists of words longer than this are left to the help text.
    private static let mostWords = 20

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
        case .lowerVerb(let verbs):
            let meant = verbs.map { "'\(verb) \($0)'" }
            return "That verb stands behind the kind of record. Did you mean "
                + "\(joined(meant, by: "or"))?"
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
        case .missing(let missing):
            let are = missing.count == 1 ? "is" : "are"
            let choices = missing.compactMap { one -> String? in
                guard case .choices(let choices)? = one.kind else { return nil }
                return known(choices.map(\.word)).map { " \(one.usage) can be \($0)." }
            }
            return "\(joined(missing.map(\.usage), by: "and")) \(are) missing." + choices.joined()
        case .surplusArgument(let word):
            return "'\(word)' is one word too many. Text with spaces needs quotes around it."
        case .wrongValue(let value, let name, let problem):
            return sentences(of: problem, value: value, name: name)
        case .swapped(let words):
            return "Two words stand in each other's places. Did you mean "
                + "'\(([verb] + words).joined(separator: " "))'?"
        case .unfit(let sentence):
            return sentence
        }
    }

    private func sentences(of problem: ValueProblem, value: String, name: String) -> String {
        switch problem {
        case .notAmong(let words, let nearest):
            let known = known(words).map { " It can be \($0)." } ?? ""
            return "\(name) cannot be '\(value)'." + known + suggestion(nearest)
        case .notWhole:
            return "\(name) takes a whole number, and '\(value)' is none."
        case .notADate(.unreadable):
            let forms = "2015-03-14, 14/3/2015, 14 Mar 2015, yesterday or 'today 14:30'"
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
        case .unknownVerb, .lowerVerb, .missingVerb: "'\(verb) --help' shows the verbs."
        case .unknownOption, .missingValue, .unexpectedValue, .repeatedOption:
            "'\(verb) --help' shows the options."
        case .missing, .surplusArgument, .wrongValue, .swapped, .unfit:
            "'\(verb) --help' shows what it takes."
        }
    }

    private func suggestion(_ nearest: String?) -> String {
        nearest.map { " Did you mean '\($0)'?" } ?? ""
    }

    /// Some words to choose from; nil for more than a person reads in a sentence.
    private func known(_ words: [String]) -> String? {
        words.count > UsageError.mostWords ? nil : joined(words.map { "'\($0)'" }, by: "or")
    }

    private func joined(_ words: [String], by conjunction: String) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}
