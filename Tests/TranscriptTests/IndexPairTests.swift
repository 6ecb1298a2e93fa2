// SPDX-License-Identifier: MIT
import Foundation
import Terminal
import Testing

/// One of the index's two files that is put back alone is of another time than the other.
struct IndexPairTests {
    private let stage = Stage()

    private var index: String { "\(stage.folder)/c/index.sqlite" }

    /// Adds so many cases that the write-ahead log is emptied into the database.
    private func addMany(_ name: String) throws {
        let rows = (1...300).map { "\(name) \($0),noise,\(String(repeating: "long ", count: 60))" }
        let path = "\(stage.folder)/\(name).csv"
        try ("title,type,summary\n" + rows.joined(separator: "\n")).write(
            toFile: path, atomically: true, encoding: .utf8)
        #expect(stage.on("c", "case", "import", path).code == .done)
    }

    @Test(arguments: ["index.sqlite", "index.sqlite-wal"])
    func `a file of the index that is put back alone gives no false answer`(_ name: String) throws {
        stage.found("c")
        stage.on("c", "case", "open", "First", "--type", "noise")
        try addMany("One")
        stage.on("c", "case", "open", "Second", "--type", "noise")
        let path = "\(stage.folder)/c/\(name)"
        let kept = try Data(contentsOf: URL(filePath: path))
        try addMany("Two")
        stage.on("c", "case", "open", "Third", "--type", "noise")
        let wanted = stage.on("c", "list", "case", "--csv").output
        #expect(wanted.split(separator: "\n").count == 604)
        try kept.write(to: URL(filePath: path))
        for _ in 0..<2 { #expect(stage.on("c", "list", "case", "--csv").output == wanted) }
        #expect(stage.on("c", "verify").code == .done)
        stage.on("c", "case", "open", "Fourth", "--type", "noise")
        #expect(stage.on("c", "verify").code == .done)
    }
}
