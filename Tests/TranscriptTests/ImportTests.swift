// SPDX-License-Identifier: MIT
import Foundation
import Terminal
import Testing

/// Real plans and lists go in by their headers.
struct ImportTests {
    /// A book with one of the real files beside it.
    private func stage(with file: String) throws -> Stage {
        let stage = Stage()
        stage.on(
            "book", "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
            "--call-sign", "C01")
        let data = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Data/\(file)")
        try FileManager.default.copyItem(atPath: data.path, toPath: "\(stage.folder)/\(file)")
        return stage
    }

    @Test func `the plan of Sevenoaks goes in whole, several leads and all`() throws {
        let file = "sevenoaks-2016-17-actions.csv"
        let stage = try stage(with: file)
        let result = try stage.json(
            "book", "plan", "import", "folder/\(file)", "--ref", "sevenoaks-2016")
        #expect(result.number("records") == 54)
        #expect(result.items("unplaced").isEmpty)
        let action = try stage.json("book", "show", "sevenoaks-2016/5.1")
        #expect(action.text("fields", "lead", "value") == "KCA")
        #expect(action.text("fields", "due", "value") == "ongoing")
        let plan = try stage.json("book", "plan", "show", "sevenoaks-2016")
        #expect(plan.items("actions").count == 54)
    }

    @Test(arguments: [
        ("agency", "agencies.csv", 161), ("place", "places.csv", 46),
        ("priority", "priorities.csv", 32), ("campaign", "campaigns.csv", 72),
    ])
    func `lists go in by the same rules`(kind: String, file: String, count: Int) throws {
        let stage = try stage(with: file)
        let result = try stage.json("book", kind, "import", "folder/\(file)")
        #expect(result.number("records") == count)
        #expect(try stage.json("book", "list", kind).number("total") == count)
    }

    @Test func `a column goes where it is told, and what has no place is named`() throws {
        let stage = try stage(with: "campaigns.csv")
        let result = stage.on(
            "book", "campaign", "import", "folder/campaigns.csv", "--map", "area=places")
        #expect(result.output.contains("area -> places"))
        #expect(result.output.contains("Not placed: what_counted"))
    }

    @Test func `a cell that cannot be used is named with its line, and nothing is written`() throws
    {
        let stage = try stage(with: "wards.csv")
        let bad = "ref,title,due\n1,Good,2015-03\n2,Bad,soon\n3,,2015-03\n"
        try bad.write(toFile: "\(stage.folder)/bad.csv", atomically: true, encoding: .utf8)
        let result = stage.on("book", "plan", "import", "folder/bad.csv")
        #expect(result.code == .rejected)
        #expect(
            result.errors.contains("Line 3, column 3 (due): Due takes a date, and 'soon' is none."))
        #expect(result.errors.contains("Line 4: There is no title in this row."))
        #expect(try stage.json("book", "list").number("total") == 1)
    }

    @Test func `a plan is not imported twice under one name`() throws {
        let file = "thanet-2014-15-actions.csv"
        let stage = try stage(with: file)
        stage.on("book", "plan", "import", "folder/\(file)", "--ref", "thanet-2014")
        let again = stage.on("book", "plan", "import", "folder/\(file)", "--ref", "thanet-2014")
        #expect(again.code == .rejected)
        #expect(try stage.json("book", "list", "action").number("total") == 34)
    }
}
