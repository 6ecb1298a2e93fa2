// SPDX-License-Identifier: MIT
import Terminal
import Testing

/// What a status asks for, whichever verb or file writes it.
@Suite struct DemandTests {
    private let stage = Stage()

    private func found() {
        stage.found("c")
        stage.on(
            "c", "case", "open", "Noise", "--type", "noise", "--owners", "A. Warden", "--owners",
            "B. Warden")
        stage.on("c", "action", "add", "Mark bikes")
    }

    @Test func `an action is not completed without evidence`() {
        found()
        for verb in [["set"], ["progress", "going well"]] {
            let words = ["action", verb[0], "C01-3"] + verb.dropFirst()
            let refused = stage.run("c", words + ["--status", "completed"])
            let said = refused.errors.replacing("\n", with: " ")
            #expect(said.contains("not completed without evidence"))
            #expect(said.contains("beatbook action complete"))
        }
        #expect(stage.on("c", "action", "complete", "C01-3", "photographs").code == .done)
        // What gave evidence once may be said again.
        stage.on("c", "action", "reopen", "C01-3", "--reason", "more to do")
        #expect(stage.on("c", "action", "set", "C01-3", "--status", "completed").code == .done)
    }

    @Test func `a case is not closed without its outcome, nor left without an owner`() throws {
        found()
        let refused = stage.on("c", "case", "set", "C01-2", "--status", "closed")
        #expect(refused.errors.contains("--outcome"))
        stage.on("c", "case", "drop", "C01-2", "--owners", "A. Warden")
        let last = stage.on("c", "case", "drop", "C01-2", "--owners", "B. Warden")
        #expect(last.errors.contains("without owners"))
        #expect(try stage.json("c", "list", "case").items("records")[0].text("owners") != "")
        let closed = stage.on(
            "c", "case", "set", "C01-2", "--status", "closed", "--outcome", "resolved")
        #expect(closed.code == .done)
        // It was closed before, and that is said.
        let visited = stage.on("c", "case", "visit", "C01-2", "Called again")
        let said = visited.output.replacing("\n", with: " ")
        #expect(said.contains("read 'closed' before this already"))
        #expect(said.contains("case reopen C01-2"))
    }
}
