// SPDX-License-Identifier: MIT
import Foundation
import Terminal
import Testing

/// What cannot be used is said, with what is safe and what to do.
struct RefusalTests {
    private func founded() -> Stage {
        let stage = Stage()
        stage.on(
            "coordinator", "init", "Thanet", "--holder", "C. Manager", "--agency", "TDC-CS",
            "--call-sign", "C01")
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        return stage
    }

    @Test func `letters that are not UTF-8 are refused, wherever they stand`() throws {
        let stage = founded()
        for words in [
            ["case", "open", "Caf\u{FFFD} noise", "--type", "noise"],
            ["case", "open", "Noise", "--type", "noise", "--owners", "R\u{FFFD}my"],
        ] {
            let said = stage.run("coordinator", words)
            #expect(said.code == .rejected)
            #expect(said.errors.contains("are letters that are not UTF-8; nothing was done."))
        }
        #expect(try stage.json("coordinator", "list", "case").number("total") == 0)
    }

    @Test func `a kind's show shows no other kind`() throws {
        let stage = founded()
        #expect(stage.on("coordinator", "staff", "show", "C01-1").code == .done)
        for (kind, said) in [("case", "a case"), ("action", "an action"), ("plan", "a plan")] {
            let refusal = stage.on("coordinator", kind, "show", "C01-1")
            #expect(refusal.code == .rejected)
            #expect(refusal.errors.contains("'C01-1' is not \(said): it is a staff."))
        }
    }

    @Test func `a partnership, a holder and an agency have names`() {
        let stage = founded()
        for (name, holder, agency) in [(" ", "H", "A"), ("T", "", "A"), ("T", "H", "\t")] {
            let said = stage.run(
                "other",
                ["init", name, "--holder", holder, "--agency", agency, "--call-sign", "C01"])
            #expect(said.code == .rejected)
            #expect(said.errors.contains("is empty."))
        }
        #expect(stage.on("other", "status").code == .failed)
    }

    @Test func `two coordinators who let one device in let it in once`() throws {
        let stage = founded()
        try stage.enrol("second", as: "coordinator", "C02", holder: "D. Deputy")
        let theirs = try stage.json("coordinator", "status").text("partnership")
        let words = try stage.json("warden", "join", "folder/exchange", "--words", theirs)
            .text("device").split(separator: " ").map(String.init)
        let approve =
            ["enrol", "approve", "folder/exchange"] + words + [
                "--role", "field", "--holder", "A. Warden", "--agency", "KCC-CW",
                "--call-sign", "W01",
            ]
        let first = stage.run("coordinator", approve)
        #expect(first.output.contains("W01 is let in as field"))
        // The other has not synced since, and does the same.
        let second = stage.run("second", approve)
        #expect(second.code == .done)
        #expect(second.output.contains("W01 was let in before: nothing was recorded"))
        stage.on("warden", "sync", "folder/exchange")
        #expect(stage.on("coordinator", "conflicts").output.contains("enrolled") == false)
    }

    @Test func `what a device recorded while it waited, and may not, is told`() throws {
        let stage = founded()
        let theirs = try stage.json("coordinator", "status").text("partnership")
        let words = try stage.json("auditor", "join", "folder/exchange", "--words", theirs)
            .text("device").split(separator: " ").map(String.init)
        stage.on("auditor", "case", "open", "Before the audit", "--type", "noise")
        stage.run(
            "coordinator",
            ["enrol", "approve", "folder/exchange"] + words + [
                "--role", "auditor", "--holder", "S. Scrutiny", "--agency", "TDC", "--call-sign",
                "A01",
            ])
        let synced = stage.on("auditor", "sync", "folder/exchange")
        #expect(synced.output.contains("1 entry is set aside: its author's role may"))
        stage.on("coordinator", "sync", "folder/exchange")
        for device in ["auditor", "coordinator"] {
            let shown = stage.on(device, "show", "A01-1")
            #expect(shown.code == .rejected)
            #expect(shown.errors.contains("'A01-1' is set aside: its author's role may not"))
        }
    }
}
