// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Logs
import Replicas
import Simulation
import Terminal
import Testing

/// Recovery words as they are shown and asked back at a terminal.
struct RecoveryPaperTests {
    private let program = MemoryProgram(seed: 1)
    private var files: MemoryFiles { program.files }
    private let output = MemoryOutput(terminalWidth: 80)

    /// Someone who writes down what is shown, and reads it back when asked.
    private final class Holder: TextInput {
        let output: MemoryOutput
        /// What they answer instead of a word that is asked for, if anything.
        let slips: (String) -> String?
        private(set) var asked: [Int] = []

        init(_ output: MemoryOutput, _ slips: @escaping (String) -> String?) {
            self.output = output
            self.slips = slips
        }

        var isTerminal: Bool { true }

        /// The words on their paper, by number.
        var paper: [Int: String] {
            var paper: [Int: String] = [:]
            let cells = output.text().split(separator: "\n").flatMap { line in
                line.split(separator: " ")
            }
            for (number, word) in zip(cells, cells.dropFirst()) {
                guard let place = Int(number), paper[place] == nil else { continue }
                paper[place] = String(word)
            }
            return paper
        }

        func nextLine() -> String? {
            let question = output.text(.errors).split(separator: "\n").last ?? ""
            let number = question.split(separator: " ").compactMap { Int($0) }.last ?? 0
            asked.append(number)
            guard let word = paper[number] else { return nil }
            return slips(word) ?? word
        }
    }

    private func run(_ holder: Holder, _ arguments: String...) -> ExitCode {
        run(holder, arguments)
    }

    private func run(_ holder: Holder, _ arguments: [String]) -> ExitCode {
        program.run(
            "k",
            ["init", "Thanet", "--holder", "Kay", "--agency", "tdc", "--call-sign", "K"]
                + arguments, holder, output)
    }

    @Test func `two of the words on paper are asked for, and the book is made`() throws {
        // Four letters of a word are enough, in capitals too.
        let holder = Holder(output) { $0.prefix(4).uppercased() }
        #expect(run(holder) == .done)
        #expect(holder.paper.count == RecoverySecret.wordCount)
        #expect(Set(holder.asked).count == 2)
        let typed = (1...RecoverySecret.wordCount).map { Substring(holder.paper[$0] ?? "") }
        let bytes = try #require(Words.bytes(typed))
        let secret = try #require(RecoverySecret(bytes))
        let log = try #require(files.paths(under: "k/logs").first)
        let view = try files.view(log)
        defer { withExtendedLifetime(view) {} }
        let birth = try LogScanner.birth(view.bytes).log.birth
        #expect(birth.recovery == secret.keys)
    }

    @Test func `a word that was copied wrongly is asked again, and no book is made without it`() {
        let holder = Holder(output) { _ in "zodiac" }
        #expect(run(holder) == .rejected)
        #expect(holder.asked.count == 3)
        #expect(output.text(.errors).contains("nothing was recorded."))
        #expect(files.bytesByPath["k/device.key"] == nil)
    }

    @Test(arguments: [WriteFailure.failed(errno: 28), .readerGone], [[], ["--json"]])
    func `words that nobody can read make nothing`(
        _ failure: WriteFailure, _ arguments: [String]
    ) {
        output.failure = failure
        #expect(run(Holder(output) { $0 }, arguments) == .rejected)
        #expect(output.text(.errors).contains("The recovery words could not be shown"))
        #expect(files.bytesByPath["k/device.key"] == nil)
        #expect(files.paths(under: "k/logs").isEmpty)
    }

    @Test func `nothing is asked by a founder who goes without`() {
        let holder = Holder(output) { $0 }
        #expect(run(holder, "--no-recovery") == .done)
        #expect(holder.asked == [])
        #expect(output.text().contains("There are no recovery words"))
    }

    @Test func `a program gets the words with all else`() throws {
        let holder = Holder(output) { $0 }
        #expect(run(holder, "--json") == .done)
        #expect(holder.asked == [])
        let words = try JSONObject(Data(output.text().utf8)).text("recovery")
        let bytes = try #require(Words.bytes(words.split(separator: " ")))
        #expect(RecoverySecret(bytes) != nil)
    }
}
