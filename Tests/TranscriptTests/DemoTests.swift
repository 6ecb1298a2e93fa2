// SPDX-License-Identifier: MIT
import Foundation
import Terminal
import Testing

/// The main job of the program on a real plan, as `scripts/demo` runs it.
struct DemoTests {
    private static let devices = ["coordinator", "warden1", "warden2", "auditor"]

    private static var plan: String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Data/thanet-2014-15-actions.csv").path
    }

    /// A partnership with a plan, a campaign, two wardens and an auditor.
    private func founded() throws -> Stage {
        let stage = Stage()
        stage.on(
            "coordinator", "init", "Thanet Community Safety Partnership", "--holder", "C. Manager",
            "--agency", "TDC-CS", "--call-sign", "C01")
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        try FileManager.default.copyItem(atPath: Self.plan, toPath: "\(stage.folder)/plan.csv")
        stage.on(
            "coordinator", "plan", "import", "folder/plan.csv", "--ref", "thanet-2014", "--title",
            "Thanet community safety plan")
        stage.on(
            "coordinator", "campaign", "start", "Property marking", "--targets", "bikes marked=100")
        try stage.enrol("warden1", as: "field", "W01", holder: "A. Warden")
        try stage.enrol("warden2", as: "field", "W02", holder: "B. Warden")
        try stage.enrol("auditor", as: "auditor", "A01", holder: "S. Scrutiny")
        stage.on("warden1", "sync", "folder/exchange")
        return stage
    }

    /// Both wardens work on one case and one action without sight of each other.
    private func work(_ stage: Stage) {
        stage.on(
            "warden1", "case", "open", "Shouting and fires behind the shops", "--type",
            "problem-group", "--ward", "Cliftonville West", "--risk", "low")
        stage.on("warden1", "sync", "folder/exchange")
        stage.on("warden2", "sync", "folder/exchange")
        stage.on("warden1", "case", "visit", "W01-1", "Spoke to the caller; group gone by nine")
        stage.on("warden1", "case", "visit", "W01-1", "Burnt bin, caller frightened")
        stage.on("warden1", "case", "risk", "W01-1", "high", "--assessments", "Threats in person")
        stage.on("warden1", "campaign", "count", "C01-37", "bikes marked=12")
        stage.on(
            "warden1", "action", "complete", "thanet-2014/26", "Marked at every station")
        stage.on("warden2", "case", "risk", "W01-1", "medium")
        stage.on("warden2", "case", "close", "W01-1", "improved")
        stage.on("warden2", "campaign", "count", "C01-37", "bikes marked=7")
        stage.on(
            "warden2", "action", "progress", "thanet-2014/26", "Kits not delivered yet",
            "--status", "delayed")
    }

    private func meet(_ stage: Stage) {
        for _ in 1...2 {
            for device in ["warden2", "warden1", "coordinator", "auditor"] {
                stage.on(device, "sync", "folder/exchange")
            }
        }
    }

    @Test func `the plan imports whole`() throws {
        let stage = try founded()
        let plan = try stage.json("coordinator", "plan", "show", "thanet-2014")
        #expect(plan.items("actions").count == 34)
        #expect(plan.items("actions").last?.text("alias") == "thanet-2014/34")
    }

    @Test func `what two wardens did apart comes together as practitioners expect`() throws {
        let stage = try founded()
        work(stage)
        meet(stage)
        for device in Self.devices {
            let record = try stage.json(device, "show", "W01-1")
            #expect(record.number("fields", "visits", "counted") == 2)
            #expect(record.text("fields", "risk", "value") == "high")
            #expect(record.flag("fields", "risk", "disputed") == true)
            #expect(record.text("status") == "open, closure disputed")
            #expect(record.flag("open") == true)
            #expect(record.items("findings").map { $0.text("rule") } == ["C4"])
            let campaign = try stage.json(device, "show", "C01-37")
            #expect(campaign.number("fields", "counts", "counts", "bikes marked") == 19)
            let action = try stage.json(device, "show", "thanet-2014/26")
            #expect(action.text("status") == "delayed")
            #expect(action.flag("fields", "status", "disputed") == true)
            let completed = try stage.json(
                device, "list", "action", "--where", "status=completed")
            #expect(completed.number("total") == 0)
        }
    }

    @Test func `nothing is flagged that is no clash`() throws {
        let stage = try founded()
        work(stage)
        meet(stage)
        let work = try stage.json("coordinator", "conflicts")
        #expect(work.number("conflicts") == 2)
        #expect(work.number("findings") == 1)
        let fields = work.items("items").map { "\($0.text("reference")) \($0.text("field"))" }
        #expect(fields == ["W01-1 risk", "C01-28 status", "W01-1 status"])
    }

    @Test func `a decision settles it for all, and all books read the same`() throws {
        let stage = try founded()
        work(stage)
        meet(stage)
        stage.on("coordinator", "resolve", "W01-1", "risk", "high", "--reason", "Threats in person")
        stage.on("coordinator", "case", "reopen", "W01-1", "--reason", "Harm was recorded")
        stage.on(
            "coordinator", "resolve", "thanet-2014/26", "status", "delayed", "--reason", "No kits")
        meet(stage)
        meet(stage)
        let checks = try Self.devices.map { try stage.json($0, "verify") }
        #expect(Set(checks.map { $0.text("digest") }).count == 1)
        #expect(Set(checks.map { $0.text("readingSeal") }).count == 1)
        #expect(checks.allSatisfy { $0.flag("clean") == true })
        for device in Self.devices {
            let work = try stage.json(device, "conflicts")
            #expect(work.number("conflicts") == 0)
            #expect(work.number("findings") == 0)
            let rebuilt = try stage.json(device, "index", "rebuild")
            #expect(rebuilt.text("digest") == checks[0].text("digest"))
        }
    }

    @Test func `the auditor's replay tells who changed what and what they had seen`() throws {
        let stage = try founded()
        work(stage)
        meet(stage)
        let story = stage.on("auditor", "replay", "--record", "W01-1").output
        #expect(story.contains("case.risk-assessed W01 A. Warden"))
        #expect(story.contains("Risk: low -> high"))
        #expect(story.contains("Risk: high -> high (disputed)"))
        #expect(story.contains("The case was closed by someone who had not seen that harm"))
        let known = try stage.json("auditor", "show", "W01-1", "--as-at", "2014-06-02T09:20")
        #expect(known.text("status") == "opened")
    }

    @Test func `the whole story prints as it did when it was last read by a person`() throws {
        let stage = try founded()
        work(stage)
        meet(stage)
        stage.on("coordinator", "conflicts")
        stage.on("coordinator", "show", "W01-1")
        stage.on("coordinator", "resolve", "W01-1", "risk", "high", "--reason", "Threats in person")
        stage.on("coordinator", "case", "reopen", "W01-1", "--reason", "Harm was recorded")
        stage.on("auditor", "sync", "folder/exchange")
        stage.on("coordinator", "sync", "folder/exchange")
        stage.on("auditor", "sync", "folder/exchange")
        stage.on("auditor", "verify")
        stage.on("auditor", "replay", "--record", "W01-1")
        stage.on("auditor", "history", "W01-1")
        stage.on("auditor", "status")
        try checkTranscript(stage.transcript, named: "demo")
    }
}
