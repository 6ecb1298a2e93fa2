// SPDX-License-Identifier: MIT
import Foundation
import Simulation
import Terminal
import Testing

/// What programs get: every verb as `Docs/Json.schema.json` has it, and conflicts that can be given
/// to `resolve` as they are.
struct JSONTests {
    /// A partnership with two wardens, who disagree in every way in which people can.
    private func disputed() throws -> Stage {
        let stage = Stage()
        stage.run("coordinator", ["--json"] + JSONTests.founding)
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        try stage.enrol("warden1", as: "field", "W01", holder: "A. Warden")
        try stage.enrol("warden2", as: "field", "W02", holder: "B. Warden")
        stage.on("coordinator", "campaign", "start", "Property marking", "--targets", "bikes=100")
        stage.on(
            "coordinator", "case", "open", "Noise", "--type", "noise", "--risk", "low")
        let visit = try stage.json("coordinator", "case", "visit", "C01-5", "Nobody in")
            .text("entry")
        meet(stage)
        stage.on("warden1", "case", "set", "C01-5", "--ward", "Dane", "--owners", "Pam")
        stage.on("warden1", "case", "void", "C01-5", "--visits", visit, "--reason", "Elsewhere")
        stage.on("warden1", "case", "close", "C01-5", "resolved")
        stage.on("warden1", "campaign", "read", "C01-4", "2013/14|police=811")
        stage.on("warden2", "case", "set", "C01-5", "--ward", "Pier", "--owners", "Joe")
        stage.on(
            "warden2", "case", "correct", "C01-5", "--visits", "\(visit) Somebody in",
            "--reason", "Heard")
        stage.on("warden2", "case", "incident", "C01-5", "Window broken")
        stage.on("warden2", "case", "risk", "C01-5", "high")
        stage.on("warden1", "case", "risk", "C01-5", "medium")
        stage.on("warden2", "campaign", "read", "C01-4", "2013/14|police=813")
        meet(stage)
        return stage
    }

    /// What was wrapped to fit a terminal, in one line.
    private static func unwrapped(_ text: String) -> String {
        text.split { $0.isWhitespace }.joined(separator: " ")
    }

    private static let founding = [
        "init", "Thanet", "--holder", "C. Manager", "--agency", "TDC-CS", "--call-sign", "C01",
    ]

    private func meet(_ stage: Stage) {
        for _ in 1...2 {
            for device in ["warden1", "warden2", "coordinator"] {
                stage.on(device, "sync", "folder/exchange")
            }
        }
    }

    @Test func `a conflict is given to resolve as it is, and is gone`() throws {
        let stage = try disputed()
        var items = try stage.json("coordinator", "conflicts").items("items")
        #expect(
            Set(items.map { $0.text("why") })
                == ["values", "additions", "part", "closure-disputed"])
        let keys = Set(items.map { $0.text("key") })
        #expect(keys.isSuperset(of: ["", "2013/14|police"]) && keys.count == 3)
        var rounds = 0
        while let item = items.first, rounds < 12 {
            rounds += 1
            var words = ["--json", "resolve", item.text("reference"), item.text("resolve")]
            if item.text("why") == "part" { words.append("Somebody in, on Friday") }
            if let value = item.texts("values").first, item.text("why") != "additions" {
                words.append(value)
            }
            let result = stage.run("coordinator", words + ["--reason", "Panel of Friday"])
            #expect(result.code == .done, "\(words) \(result.errors)")
            let left = try stage.json("coordinator", "conflicts").items("items")
            #expect(
                left.contains {
                    $0.text("reference") == item.text("reference")
                        && $0.text("resolve") == item.text("resolve")
                        && $0.text("why") == item.text("why")
                } == false)
            items = left
        }
        #expect(items.isEmpty)
        meet(stage)
        for device in ["warden1", "warden2"] {
            #expect(try stage.json(device, "conflicts").number("conflicts") == 0)
        }
    }

    @Test func `the first value that is offered is never the less protective one`() throws {
        let stage = try disputed()
        let items = try stage.json("warden1", "conflicts").items("items")
        let offered = Dictionary(
            uniqueKeysWithValues: items.map { ($0.text("resolve"), $0.texts("values")) })
        #expect(offered["risk"] == ["high", "medium"])
        #expect(offered["status"]?.first == "opened")
        #expect(offered["status"]?.last == "closed")
        let page = JSONTests.unwrapped(stage.on("warden1", "show", "C01-5").output)
        #expect(page.contains("or, by a coordinator's word alone, closed"))
        #expect(page.contains("--reason WHY"))
    }

    @Test func `what waits is counted alike wherever it is counted`() throws {
        let stage = try disputed()
        let conflicts = try stage.json("coordinator", "conflicts")
        let status = try stage.json("coordinator", "status")
        let sync = try stage.json("coordinator", "sync", "folder/exchange")
        for key in ["conflicts", "findings", "forks"] {
            #expect(status.number(key) == conflicts.number(key))
            #expect(sync.number(key) == conflicts.number(key))
        }
        let listed = try stage.json("coordinator", "list").items("records")
        #expect(
            listed.compactMap { $0.number("conflicts") }.reduce(0, +)
                == conflicts.number("conflicts"))
        #expect(
            listed.compactMap { $0.number("findings") }.reduce(0, +)
                == conflicts.number("findings"))
        #expect(status.items("devices").map { $0.text("device") }.contains(status.text("device")))
    }

    @Test func `a device that goes on in a new log is found in the rows of its own status`() throws
    {
        let stage = try disputed()
        stage.clock.set(stage.clock.nowMilliseconds() - 3 * 3_600_000)
        stage.on("warden1", "case", "note", "C01-5", "In a new log")
        let status = try stage.json("warden1", "status")
        #expect(status.items("devices").map { $0.text("device") }.contains(status.text("device")))
        #expect(status.text("device") != "W01")
    }

    @Test func `whichever verb settles is marked so in what it prints, in history and in replay`()
        throws
    {
        let stage = try disputed()
        let refused = stage.on("coordinator", "case", "close", "C01-5", "resolved")
        #expect(refused.code == .rejected)
        #expect(JSONTests.unwrapped(refused.errors).contains("a settlement needs to know why"))
        let closed = try stage.json(
            "coordinator", "case", "close", "C01-5", "resolved", "--reason", "Panel of Friday")
        #expect(closed.items("settled").map { $0.text("why") } == ["closure-disputed"])
        let remarks = closed.texts("remarks")
        #expect(remarks.contains("Status now reads closed."))
        let entry = closed.text("entry")
        let history = try stage.json("coordinator", "history", "C01-5").items()
        let step = try #require(history.first { $0.text("entry") == entry })
        #expect(step.texts("settles").count >= 2)
        let replay = try stage.json("coordinator", "replay", "--record", "C01-5").items()
        let told = try #require(replay.first { $0.text("entry") == entry })
        #expect(told.items("settled").map { $0.text("field") } == ["status"])
        let changed = told.items("changed").first { $0.text("field") == "status" }
        #expect(changed?.text("before") == "open, closure disputed")
        #expect(changed?.text("after") == "closed")
    }

    @Test func `set-up, imports and the rest print as the schema says`() throws {
        let stage = try disputed()
        try Data("title,type\nFirst,noise\n".utf8).write(
            to: URL(filePath: "\(stage.folder)/cases.csv"))
        try Data("ref,action\n1,Do it\n".utf8).write(
            to: URL(filePath: "\(stage.folder)/plan.csv"))
        for words in [
            ["case", "import", "folder/cases.csv"],
            ["plan", "import", "folder/plan.csv", "--ref", "p-2014"],
            ["plan", "show", "p-2014"], ["search", "window"], ["enrol", "list", "folder/exchange"],
            ["index", "rebuild"], ["merge", "folder/warden1"],
            ["log", "patrol", "Evening", "--minutes", "90"],
        ] {
            #expect(stage.run("coordinator", ["--json"] + words).code == .done, "\(words)")
        }
    }

    @Test func `the schema's own words are all checked, and a wrong document is found out`() throws
    {
        let schema = try JSONSchema.ofPage()
        let good = try JSONValue(#"{"callSign":"W01","role":"field"}"#)
        #expect(schema.faults(of: good, as: "enrol approve").isEmpty)
        for bad in [
            #"{"role":"field"}"#, #"{"callSign":1,"role":"field"}"#,
            #"{"callSign":"W01","role":"boss"}"#, #"{"callSign":"W01","rank":3}"#, "[]",
        ] {
            #expect(schema.faults(of: try JSONValue(bad), as: "enrol approve").isEmpty == false)
        }
    }
}
