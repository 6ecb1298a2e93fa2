// SPDX-License-Identifier: MIT
import Testing

@testable import Terminal

/// The sample's answer to the words of a line, with two cases and a place in its book.
func completion(of words: [String]) -> String {
    Completer(SampleProgram.program) { query in
        let book = query.options["book"] ?? "book"
        switch query.kind {
        case "case": return [.init("W07-15", "Noise: in \(book)"), .init("W08-1")]
        case "place": return [.init("thanet/high-street", "A street"), .init("bad\u{1B}word")]
        default: return []
        }
    }.answer(to: words)
}

/// The words offered after a line; the last word of the line is the one to complete.
private func offered(_ line: String) -> [String] {
    let typed = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    return completion(of: typed).split(separator: "\n").map { line in
        String(line.prefix { $0 != "\t" })
    }
}

@Suite struct `The completer` {
    @Test(arguments: [
        ("", ["words", "case", "count", "plan", "exchange", "help"]),
        ("c", ["words", "case", "count"]), ("x", ["words"]), ("deb", ["words"]),
        ("plan ", ["words", "import", "show"]), ("plan s", ["words", "show"]),
        ("help ca", ["words", "case"]), ("help case ", ["words", "open", "close"]),
        ("--json pl", ["words", "plan"]), ("-b /tmp pl", ["words", "plan"]),
    ])
    func `offers verbs and the verbs below them`(line: String, words: [String]) {
        #expect(offered(line) == words)
    }

    @Test(arguments: [
        ("plan import --", ["words", "--map", "--book", "--json", "--help", "--version"]),
        ("case open -", ["--risk", "--tag", "--occurred", "--restricted"]),
        ("case open -r low --tag x -x --", ["words", "--tag"]),
        ("plan show --j", ["words", "--json"]), ("plan --json --j", ["words"]),
        ("case open -- --", ["words"]),
    ])
    func `offers options that can still be given`(line: String, words: [String]) {
        let offered = offered(line)
        #expect(words.allSatisfy(offered.contains))
        #expect(Set(offered).count == offered.count)
        if line.contains("-r low") { #expect(!offered.contains("--risk")) }
        if words == ["words"] { #expect(offered == words) }
    }

    @Test(arguments: [
        ("case open --risk ", ["words", "low", "medium", "high"]),
        ("case open -r h", ["words", "high"]),
        ("case open --risk=", ["words", "--risk=low", "--risk=medium", "--risk=high"]),
        ("case open --risk=m", ["words", "--risk=medium"]),
        ("case open --tag n", ["words", "noise"]), ("case open --bogus=", ["words"]),
        ("case open --occurred ", ["words"]), ("case open N --json=", ["words"]),
    ])
    func `offers the values of options`(line: String, words: [String]) {
        #expect(offered(line) == words)
    }

    @Test(arguments: [
        ("case ", ["words", "open", "close", "W07-15", "W08-1"]),
        ("case W07", ["words", "W07-15"]),
        ("case W07-15 ", ["words"]), ("case open Noise ", ["words", "thanet/high-street"]),
        ("case open Noise thanet/high-street t", ["words", "thanet/high-street"]),
        ("plan import ", ["files"]), ("plan import /etc/p", ["files"]), ("exchange ", ["folders"]),
        ("--book ", ["folders"]), ("plan show --book=", ["folders"]), ("count ", ["words"]),
    ])
    func `offers records, files and folders where they belong`(line: String, words: [String]) {
        #expect(offered(line) == words)
    }

    @Test func `explains its words and passes on which book is meant`() {
        #expect(
            completion(of: ["case", "--book", "/b", "W07"]) == "words\nW07-15\tNoise: in /b\n")
        #expect(completion(of: ["pl"]) == "words\nplan\tWork on the plan\n")
        #expect(completion(of: []).hasPrefix("words\ncase\tShow a case, or work on it\n"))
    }
}
