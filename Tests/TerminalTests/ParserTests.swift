// SPDX-License-Identifier: MIT
import Reports
import Testing

@testable import Terminal

/// The words of a line; a word in single quotes may hold spaces.
func words(_ line: String) -> [String] {
    var words: [String] = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
        words += index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
    return words
}

private func run(_ line: String) throws -> Invocation {
    let call = try Parser(SampleProgram.program, today: SampleProgram.today).parse(words(line))
    guard case .run(let invocation) = call else {
        throw TestFailure(message: "\(line) asks for \(call)")
    }
    return invocation
}

private struct TestFailure: Error {
    let message: String
}

@Suite struct `The parser` {
    @Test(arguments: [
        "case open Noise --risk high --tag a --tag b",
        "case open --risk=high --tag=a --tag=b Noise",
        "case open -r high Noise --tag a --tag b", "case open -rhigh --tag a Noise --tag b",
        "case open --tag a --tag b -r high -- Noise",
    ])
    func `reads options in every form and at every place`(line: String) throws {
        let invocation = try run(line)
        #expect(invocation.path == ["case", "open"])
        #expect(invocation.text("title") == "Noise")
        #expect(invocation.required("risk") == "high")
        #expect(invocation.texts("tag") == ["a", "b"])
        #expect(!invocation.has("restricted") && !invocation.has("json"))
        #expect(invocation.texts("place").isEmpty)
    }

    @Test func `takes global options before, between and after the verbs`() throws {
        let call = ["case", "open", "N", "-r", "low"]
        // Between '-r' and 'low' it would stand where a value is due.
        for place in [0, 1, 2, 3, 5] {
            for option in [["--book", "/tmp", "--json"], ["-b/tmp", "--json"]] {
                var line = call
                line.insert(contentsOf: option, at: place)
                let invocation = try run(line.joined(separator: " "))
                #expect(invocation.path == ["case", "open"])
                #expect(invocation.text("book") == "/tmp")
                #expect(invocation.has("json"))
            }
        }
    }

    @Test func `reads letters together, with a value at the end`() throws {
        let invocation = try run("case open N -xrlow")
        #expect(invocation.has("restricted"))
        #expect(invocation.text("risk") == "low")
    }

    @Test func `calls a verb that holds others, or the one below it`() throws {
        #expect(try run("case W07-15 --full").path == ["case"])
        #expect(try run("case close").path == ["case", "close"])
        #expect(try run("case -- close").text("reference") == "close")
    }

    @Test func `takes any number of a repeated argument and none of an optional one`() throws {
        #expect(try run("case open N W01-1 W01-2 -r low").texts("place") == ["W01-1", "W01-2"])
        #expect(try run("plan show").text("year") == nil)
        #expect(try run("plan show 2014").text("year") == "2014")
    }

    @Test func `gives values their types`() throws {
        #expect(try run("count -11").integer("number") == -11)
        let occurred = try run("case open N -r low --occurred 2015-03").period("occurred")
        #expect(try occurred == Period("2015-03"))
        let pairs = try run("plan import p.csv -m 'Lead agency=lead' --map=a=b=c").pairs("map")
        #expect(pairs.map(\.left) == ["Lead agency", "a"])
        #expect(pairs.map(\.right) == ["lead", "b=c"])
    }

    @Test func `keeps empty values and values that begin with a hyphen`() throws {
        let invocation = try run("case open '' -r low --tag= --tag -1 --tag - --tag=--json")
        #expect(invocation.text("title")?.isEmpty == true)
        #expect(invocation.texts("tag") == ["", "-1", "-", "--json"])
        #expect(!invocation.has("json"))
    }

    @Test(arguments: [
        ("", []), ("--help", []), ("-h", []), ("help", []), ("--help case", ["case"]),
        ("case open --help", ["case", "open"]), ("help case open", ["case", "open"]),
        ("case --help open", ["case", "open"]), ("case open --bogus --risk -h", ["case", "open"]),
        ("plan --help", ["plan"]), ("--book /tmp plan -h", ["plan"]),
    ])
    func `lets help win`(line: String, path: [String]) throws {
        #expect(
            try Parser(SampleProgram.program, today: SampleProgram.today).parse(words(line))
                == .help(path: path))
    }

    @Test func `knows the calls that name no verb`() throws {
        let parser = Parser(SampleProgram.program, today: SampleProgram.today)
        #expect(try parser.parse(["--version"]) == .version)
        #expect(try parser.parse(["case", "--version"]) == .version)
        #expect(
            try parser.parse(["complete-words", "case", "--help", ""])
                == .completeWords(["case", "--help", ""]))
        #expect(try run("case open N -r low -- --help").texts("place") == ["--help"])
    }

    @Test func `has an answer for every short call`() {
        let vocabulary = [
            "case", "open", "plan", "--risk", "high", "-r", "-x", "--", "--help", "--json=", "-",
            "",
            "--tag=a", "help",
        ]
        var calls: [[String]] = [[]]
        for _ in 0..<4 { calls += calls.flatMap { call in vocabulary.map { call + [$0] } } }
        for call in Set(calls) {
            do {
                _ = try Parser(SampleProgram.program, today: SampleProgram.today).parse(call)
            } catch {
                #expect(error.sentences(program: "sample").hasSuffix("."))
            }
        }
    }

    @Test func `ends the process when asked for a name that is not declared`() async {
        await #expect(processExitsWith: .failure) {
            _ = try run("case close").text("titel")
        }
    }
}
