// SPDX-License-Identifier: MIT
import Terminal
import Testing

/// Slips of the pen that would stand in the book for good, and what a person is told of them.
@Suite struct SlipTests {
    private let stage = Stage()

    private func found() {
        stage.found("c")
        stage.on("c", "case", "open", "Noise", "--type", "noise", "--owners", "A. Warden")
        stage.on("c", "campaign", "start", "Marking")
        stage.on("c", "campaign", "count", "C01-3", "bikes marked=12")
    }

    private func refusal(_ words: String...) -> String {
        let result = stage.run("c", words)
        #expect(result.code == .rejected || result.code == .failed, "\(words)")
        return result.errors.replacing("\n", with: " ")
    }

    @Test(arguments: [
        (["case", "risk", "high", "C01-2"], "Did you mean 'beatbook case risk C01-2 high'?"),
        (["visit", "C01-2", "Nobody in"], "Did you mean 'beatbook case visit'?"),
        (["close", "C01-2"], "Did you mean 'beatbook plan close' or 'beatbook case close'?"),
    ])
    func `words in each other's places are told how they were meant`(
        _ words: [String], _ meant: String
    ) {
        let result = stage.run("c", words)
        #expect(result.code == .failed)
        #expect(result.errors.replacing("\n", with: " ").contains(meant), "\(result.errors)")
    }

    @Test func `me is whoever has the device`() {
        found()
        stage.on("c", "case", "open", "Mine", "--type", "noise", "--owners", "C. Manager")
        let mine = stage.on("c", "list", "case", "--where", "owner=me").output
        #expect(mine.contains("Mine") && mine.contains("Noise") == false)
    }

    @Test func `a correction of what was never counted is refused`() throws {
        found()
        let said = refusal("campaign", "correct", "C01-3", "bikse marked=-5", "--reason", "r")
        #expect(said.contains("'bikes marked'"))
        let right = stage.on(
            "c", "campaign", "correct", "C01-3", "bikes marked=-5", "--reason", "r")
        #expect(right.code == .done)
        #expect(stage.on("c", "show", "C01-3").output.contains("bikes marked: 7"))
    }

    @Test func `what is taken out has to be there, and a number of minutes is none below 0`() {
        found()
        #expect(refusal("case", "drop", "C01-2", "--owners", "a. warden").contains("A. Warden"))
        #expect(
            refusal("log", "patrol", "Square", "--minutes", "-5").contains("less than 0"))
    }

    @Test func `a status brings with it what its own verb does`() {
        found()
        stage.on("c", "case", "set", "C01-2", "--status", "closed", "--outcome", "resolved")
        #expect(stage.on("c", "show", "C01-2").output.contains("Closed on"))
        stage.on("c", "case", "set", "C01-2", "--status", "opened")
        let page = stage.on("c", "show", "C01-2").output
        #expect(page.contains("Closed on") == false)
        #expect(page.contains("Outcome") == false)
    }

    @Test func `who corrects what is void is told that it counts again`() {
        found()
        stage.on("c", "case", "visit", "C01-2", "Nobody in")
        let names = stage.on("c", "show", "C01-2").output.split(separator: " ")
            .filter { $0.hasPrefix("C01#") }
        guard let name = names.first.map(String.init) else {
            Issue.record("no visit is shown")
            return
        }
        stage.on("c", "case", "void", "C01-2", "--visits", name, "--reason", "Another house")
        let said = stage.on(
            "c", "case", "correct", "C01-2", "--visits", "\(name) Spoke to her", "--reason", "r")
        #expect(said.code == .done, "\(said.errors)")
        #expect(said.output.contains("counts again"))
    }

    @Test func `a date and a time as pages print them are taken`() {
        found()
        let said = stage.on(
            "c", "case", "visit", "C01-2", "Loud", "--occurred", "2014-06-01 21:30")
        #expect(said.code == .done)
        #expect(stage.on("c", "replay", "--record", "C01-2").output.contains("2014-06-01T21:30"))
    }

    @Test func `a search that found more says so`() {
        found()
        for number in 1...3 { stage.on("c", "case", "open", "Noise \(number)", "--type", "noise") }
        #expect(stage.on("c", "search", "noise", "--limit", "2").output.contains("--limit"))
        #expect(stage.on("c", "search", "noise").output.contains("--limit") == false)
    }
}
