// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Logs
import Replicas
import Simulation
import Terminal
import Testing

/// `beatbook recover` as it is called, with the words from the standard input or from a keyboard.
struct RecoverVerbTests {
    private let program = MemoryProgram(seed: 8)

    private struct Said {
        let code: ExitCode
        let output: String
        let errors: String
    }

    private func run(
        _ book: String, typing lines: [String] = [], isTerminal: Bool = false, _ words: String...
    ) -> Said { call(book, typing: lines, isTerminal: isTerminal, words) }

    private func call(
        _ book: String, typing lines: [String], isTerminal: Bool = false, _ words: [String],
        failing failure: WriteFailure? = nil
    ) -> Said {
        let output = MemoryOutput(terminalWidth: 80)
        output.failure = failure
        let code = program.run(book, words, MemoryInput(lines, isTerminal: isTerminal), output)
        return Said(code: code, output: output.text(), errors: output.text(.errors))
    }

    /// Founds a partnership with an exchange; gives the words on its paper.
    private func paper() throws -> [Substring] {
        let said = run(
            "k", "--json", "init", "Thanet", "--holder", "Kay", "--agency", "tdc", "--call-sign",
            "C01")
        #expect(run("k", "sync", "stick", "--create").code == .done)
        try checkShape(said.output, of: ["init"])
        let words = try JSONObject(Data(said.output.utf8)).text("recovery")
        return words.split(separator: " ")
    }

    private func recover(_ lines: [String], isTerminal: Bool = false) -> Said {
        run(
            "l", typing: lines, isTerminal: isTerminal, "--json", "recover", "stick", "--holder",
            "Lou", "--agency", "tdc", "--call-sign", "C02", "--cut", "C01")
    }

    @Test func `words on several lines of the standard input make a lead`() throws {
        let words = try paper()
        let lines = stride(from: 0, to: 24, by: 5).map { start in
            words[start..<min(start + 5, 24)].map { $0.prefix(4) }.joined(separator: "  ")
        }
        let said = recover(lines)
        try checkShape(said.output, of: ["recover"])
        #expect(said.code == .done, "\(said.errors)")
        let result = try JSONObject(Data(said.output.utf8))
        #expect(result.text("callSign") == "C02")
        let next = result.text("recovery").split(separator: " ")
        #expect(next.count == 24)
        #expect(next != words)
        let status = try JSONObject(Data(run("l", "--json", "status").output.utf8))
        #expect(status.text("role") == "lead")
        // Whoever replays it reads in words what was done to devices and keys.
        let replay = run("l", "replay").output
        for words in [
            "Founds the partnership 'Thanet', on the device C01.", "Lets in C02 as lead.",
            "Ends the access of C01: A new lead was made with the recovery words.",
            "Its entries count up to C01#", "Makes a new key",
            "Puts new recovery words in the place of those that were used.",
        ] { #expect(replay.contains(words), "\(words)") }
        // The stolen device hears of it no more, and its own list still opens.
        let told = run("k", "sync", "stick")
        #expect(told.code == .done)
        #expect(told.output.contains("\n         ") == false, "\(told.output)")
    }

    @Test func `a call sign that is another device's is refused, and another one may be said`()
        throws
    {
        let words = try paper().joined(separator: " ")
        let person = ["--holder", "Lou", "--agency", "tdc", "--cut", "C01", "--call-sign"]
        let taken = call("l", typing: [words], ["recover", "stick"] + person + ["c01"])
        #expect(taken.code == .rejected)
        #expect(taken.errors.contains("'c01' is the call sign of another device."))
        let free = call("l", typing: [words], ["recover", "stick"] + person + ["C02"])
        #expect(free.code == .done, "\(free.errors)")
    }

    @Test(arguments: [[], ["--json"]])
    func `while the next words cannot be shown, the old paper holds`(_ first: [String]) throws {
        let words = try paper().joined(separator: " ")
        let call =
            first + [
                "recover", "stick", "--holder", "Lou", "--agency", "tdc", "--call-sign", "C02",
                "--cut", "C01",
            ]
        let lost = self.call("l", typing: [words], call, failing: .failed(errno: 28))
        #expect(lost.code == .rejected)
        #expect(lost.errors.contains("The recovery words could not be shown"))
        let shown = self.call("l", typing: [words], call)
        #expect(shown.code == .done, "\(shown.errors)")
    }

    @Test func `a word that is none is asked again at a keyboard`() throws {
        let words = try paper()
        let said = recover(
            ["one two three", words.joined(separator: " ")], isTerminal: true)
        #expect(said.errors.contains("'one' is none of the words"))
        #expect(said.code == .done)
    }

    @Test func `words that cannot be those of a paper make nothing`() throws {
        let words = try paper()
        let before = program.files.bytesByPath
        for (lines, sentence) in [
            (["nowhere"], "'nowhere' is none of the words"),
            ([words.dropLast().joined(separator: " ")], "23 were given"),
            (
                [(words.dropLast(2) + words.suffix(2).reversed()).joined(separator: " ")],
                "not as on"
            ),
            ([words.joined(separator: " ") + " acorn"], "25 were given"),
        ] as [([String], String)] {
            let said = recover(lines)
            #expect(said.code == .rejected)
            #expect(said.errors.contains(sentence), "\(said.errors)")
        }
        #expect(program.files.bytesByPath == before)
    }
}
