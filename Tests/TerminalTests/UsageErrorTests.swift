// SPDX-License-Identifier: MIT
import Testing

@testable import Terminal

/// A call that makes no sense, what is said about it, and what is offered next.
private struct WrongCall {
    let line: String
    let what: String
    let verb: String
    let shows: String

    init(_ line: String, _ what: String, _ verb: String, shows: String) {
        self.line = line
        self.what = what
        self.verb = verb
        self.shows = shows
    }
}

private let wrongCalls: [WrongCall] = [
    .init(
        "casse",
        "There is no verb 'casse'. Did you mean 'case'?",
        "sample", shows: "the verbs"),
    .init(
        "help casse",
        "There is no verb 'casse'. Did you mean 'case'?",
        "sample", shows: "the verbs"),
    .init(
        "debgu",
        "There is no verb 'debgu'.",
        "sample", shows: "the verbs"),
    .init(
        "plan improt",
        "There is no verb 'improt' under 'sample plan'. Did you mean 'import'?",
        "sample plan", shows: "the verbs"),
    .init(
        "plan",
        "'sample plan' needs a verb after it.",
        "sample plan", shows: "the verbs"),
    .init(
        "--json",
        "'sample' needs a verb after it.",
        "sample", shows: "the verbs"),
    .init(
        "--jsn case",
        "There is no option '--jsn'. Did you mean '--json'?",
        "sample", shows: "the options"),
    .init(
        "case open N --rsik low",
        "There is no option '--rsik' of 'sample case open'. Did you mean '--risk'?",
        "sample case open", shows: "the options"),
    .init(
        "case open N -q",
        "There is no option '-q' of 'sample case open'.",
        "sample case open", shows: "the options"),
    .init(
        "case --full close",
        "There is no option '--full' of 'sample case close'.",
        "sample case close", shows: "the options"),
    .init(
        "case open N --risk",
        "'--risk' needs a value: '--risk LEVEL'.",
        "sample case open", shows: "the options"),
    .init(
        "case open N --risk --json",
        "'--risk' needs a value: '--risk LEVEL'.",
        "sample case open", shows: "the options"),
    .init(
        "case open N --restricted=no",
        "'--restricted' takes no value.",
        "sample case open", shows: "the options"),
    .init(
        "case open N -r low --risk high",
        "'--risk' is given twice and can have one value only.",
        "sample case open", shows: "the options"),
    .init(
        "case open N",
        "'--risk LEVEL' is missing. '--risk LEVEL' can be 'low', 'medium' or 'high'.",
        "sample case open", shows: "what it takes"),
    .init(
        "case open",
        "TITLE and '--risk LEVEL' are missing. '--risk LEVEL' can be 'low', 'medium' or 'high'.",
        "sample case open", shows: "what it takes"),
    .init(
        "case open -r low",
        "TITLE is missing.",
        "sample case open", shows: "what it takes"),
    .init(
        "case",
        "REFERENCE is missing.",
        "sample case", shows: "what it takes"),
    .init(
        "plan show 2014 2015",
        "'2015' is one word too many. Text with spaces needs quotes around it.",
        "sample plan show", shows: "what it takes"),
    .init(
        "case open N -r hihg",
        "'--risk LEVEL' cannot be 'hihg'. It can be 'low', 'medium' or 'high'. Did you mean"
            + " 'high'?",
        "sample case open", shows: "what it takes"),
    .init(
        "count eleven",
        "NUMBER takes a whole number, and 'eleven' is none.",
        "sample count", shows: "what it takes"),
    .init(
        "case open N -r low --occurred soon",
        "'--occurred DATE' takes a date such as 2015-03-14, 14/3/2015, 14 Mar 2015, yesterday or "
            + "'today 14:30', and 'soon' is none.",
        "sample case open", shows: "what it takes"),
    .init(
        "case open N -r low --occurred 2015-02-30",
        "'--occurred DATE' is '2015-02-30', which is not in the calendar.",
        "sample case open", shows: "what it takes"),
    .init(
        "case open N -r low --occurred 1066",
        "'--occurred DATE' is '1066', and nothing in the book is older than 1970.",
        "sample case open", shows: "what it takes"),
    .init(
        "plan import p.csv --map =x",
        "'--map COLUMN=FIELD' takes two words with '=' between them, and '=x' is not that.",
        "sample plan import", shows: "what it takes"),
]

@Suite struct `A complaint` {
    @Test(arguments: wrongCalls)
    fileprivate func `says what is wrong and what to do next`(wrong: WrongCall) {
        let next = "'\(wrong.verb) --help' shows \(wrong.shows)."
        #expect(complaint(wrong.line) == "\(wrong.what) \(next)")
    }

    @Test func `can be a sentence of the verb itself`() {
        let error = UsageError(.unfit("'--due' and '--open' exclude each other."), path: ["plan"])
        let next = "'sample plan --help' shows what it takes."
        let whole = "'--due' and '--open' exclude each other. \(next)"
        #expect(error.sentences(program: "sample") == whole)
    }

    private func complaint(_ line: String) -> String? {
        do {
            _ = try Parser(SampleProgram.program, today: SampleProgram.today).parse(words(line))
            return nil
        } catch {
            return error.sentences(program: "sample")
        }
    }
}
