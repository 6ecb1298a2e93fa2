// SPDX-License-Identifier: MIT
import Foundation
import Terminal
import Testing

/// What the program shows of an act that a device recorded again after its folder was put back.
@Suite struct RepeatVerbTests {
    private let stage = Stage()

    private func put(_ from: String, at to: String) throws {
        let files = FileManager.default
        let (from, to) = ("\(stage.folder)/\(from)", "\(stage.folder)/\(to)")
        if files.fileExists(atPath: to) { try files.removeItem(atPath: to) }
        try files.copyItem(atPath: from, toPath: to)
    }

    /// A case of which the coordinator got the warden's second visit by another folder, before the
    /// warden recorded it again.
    private func tellTwice() throws {
        stage.on(
            "coordinator", "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
            "--call-sign", "C01")
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        try stage.enrol("warden", as: "field", "W01", holder: "A. Warden")
        stage.on("warden", "case", "open", "Noise at night", "--type", "noise", "--risk", "low")
        stage.on("warden", "sync", "folder/exchange")
        try put("exchange", at: "other")
        try put("warden", at: "first")
        stage.on("warden", "case", "visit", "W01-1", "Loud")
        stage.on("warden", "sync", "folder/exchange")
        try put("first", at: "warden")
        stage.on("warden", "case", "visit", "W01-1", "Music until two")
        stage.on("warden", "case", "open", "Graffiti", "--type", "graffiti")
        try put("warden", at: "second")
        stage.on("warden", "sync", "folder/other")
        try put("second", at: "warden")
        let given = stage.on("warden", "sync", "folder/exchange")
        #expect(given.output.contains("recorded again in a new log"))
        stage.on("coordinator", "sync", "folder/other")
        stage.on("coordinator", "sync", "folder/exchange")
    }

    @Test func `what was recorded again is said to be that, and is one act`() throws {
        try tellTwice()
        let listed = try stage.json("coordinator", "list", "case").items("records")
        let graffiti = try #require(listed.first { $0.text("title") == "Graffiti" })
        #expect(listed.count == 2)
        let first = graffiti.text("reference")
        let second = stage.on("coordinator", "show", "W01b-1")
        #expect(second.output.hasPrefix("\(first)  Graffiti"))
        let history = stage.on("coordinator", "history", "W01b-1").output
        #expect(history.contains("recorded again of "))
        #expect(history.components(separatedBy: "Title: Graffiti").count == 2)
        let replay = stage.on("coordinator", "replay").output
        #expect(replay.components(separatedBy: "\"Music until two\"").count == 2)
        #expect(replay.contains("recorded again of "))
        let shown = stage.on("coordinator", "show", "W01-1").output
        #expect(shown.components(separatedBy: "Music until two").count == 2)
    }

    @Test func `a part is voided by either of its names`() throws {
        try tellTwice()
        let history = stage.run("coordinator", ["--json", "history", "W01-1"])
        let data = Data("{\"entries\":\(history.output)}".utf8)
        let again = try JSONObject(data).items("entries").filter { $0.text("again") != "" }
        let visit = try #require(again.first { $0.text("type") == "case.visited" })
        #expect(visit.text("entry") != visit.text("again"))
        let voided = stage.on(
            "coordinator", "case", "void", "W01-1", "--visits", visit.text("entry"), "--reason",
            "Another house")
        #expect(voided.code == .done)
        let shown = try stage.json("coordinator", "show", "W01-1")
        #expect(shown.number("fields", "visits", "void") == 1)
    }
}
