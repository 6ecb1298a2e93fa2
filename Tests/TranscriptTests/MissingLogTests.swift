// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Replicas
import Terminal
import Testing

/// Others' logs that are damaged or gone: what is lacking is never taken for nothing.
struct MissingLogTests {
    private let stage = Stage()

    private func begin() throws -> URL { try stage.beginWithWarden() }

    private func said(_ arguments: String...) -> String {
        stage.run("coordinator", arguments).errors.replacing("\n", with: " ")
    }

    @Test(arguments: ["gone", "damaged", "rotten", "cut"])
    func `what is lacking of another's log is said until it is back`(_ way: String) throws {
        let log = try begin()
        var bytes = try Data(contentsOf: log)
        switch way {
        case "gone": try FileManager.default.removeItem(at: log)
        case "cut": try bytes.prefix(bytes.count - 150).write(to: log)
        default:
            bytes[bytes.count - (way == "rotten" ? 150 : 20)] ^= 0x40
            try bytes.write(to: log)
            // The index is made anew, as from a copy of the logs alone.
            for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
                try FileManager.default.removeItem(atPath: "\(stage.folder)/coordinator/\(name)")
            }
        }
        func isTold(_ arguments: String...) -> Bool {
            let errors = stage.run("coordinator", arguments).errors.replacing("\n", with: " ")
            return ["missing", "shorter", "damaged"].contains { errors.contains($0) }
        }
        for _ in 0..<2 {
            #expect(isTold("list", "case") && isTold("show", "W01-1") && isTold("status"))
            #expect(isTold("case", "open", "Another", "--type", "noise"))
            #expect(isTold("case", "note", "W01-1", "Nothing known of it"))
        }
        #expect(stage.on("coordinator", "verify").code == .findings)
        stage.on("coordinator", "sync", "folder/exchange", "--thorough")
        #expect(isTold("list", "case") == false)
        #expect(stage.on("coordinator", "list", "case").output.contains("Noise at night"))
        #expect(stage.on("coordinator", "verify").code == .done)
    }

    @Test func `what nobody has is said by the sync that lacks it, and by who checks`() throws {
        let log = try begin()
        let whole = try Data(contentsOf: log)
        try FileManager.default.removeItem(at: log)
        let segments = URL(filePath: "\(stage.folder)/exchange/segments")
        let names = try FileManager.default.contentsOfDirectory(atPath: segments.path())
        for name in names { try FileManager.default.removeItem(at: segments.appending(path: name)) }
        #expect(said("case", "open", "Another", "--type", "noise").contains("missing"))
        let synced = stage.on("coordinator", "sync", "folder/exchange").output.replacing(
            "\n", with: " ")
        #expect(synced.contains("did not come back"))
        #expect(said("list", "case").contains("missing") == false)
        func isNamed() -> Bool {
            stage.on("coordinator", "verify").output.replacing("\n", with: " ")
                .contains("not come back since")
        }
        #expect(isNamed())
        // The other still has it.
        stage.on("warden", "sync", "folder/exchange")
        stage.on("coordinator", "sync", "folder/exchange")
        #expect(try Data(contentsOf: log).count >= whole.count)
        #expect(isNamed() == false)
    }
}

extension MissingLogTests {
    @Test(arguments: [true, false])
    func `a log whose end became zeros is told as damage, and mended`(_ isOwn: Bool) throws {
        let log = try begin()
        let own = URL(filePath: "\(stage.folder)/warden/logs/\(log.lastPathComponent)")
        let (device, path) = isOwn ? ("warden", own) : ("coordinator", log)
        let whole = try Data(contentsOf: path)
        try (whole.dropLast(120) + Data(repeating: 0, count: 120)).write(to: path)
        let checked = stage.on(device, "verify")
        #expect(checked.code == .findings)
        #expect(checked.output.contains("damaged"))
        let shown = stage.on(device, "show", "W01-1")
        #expect(shown.errors.contains("nothing is lost") == false)
        stage.on(device, "sync", "folder/exchange", "--thorough")
        #expect(stage.on(device, "verify").code == .done)
        #expect(stage.on(device, "show", "W01-1").output.contains("Noise at night"))
    }

    @Test func `what another's log had is known to be missing after the index is made anew`() throws
    {
        try FileManager.default.removeItem(at: try begin())
        #expect(said("index", "rebuild").contains("missing"))
        for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
            try FileManager.default.removeItem(atPath: "\(stage.folder)/coordinator/\(name)")
        }
        for _ in 0..<2 { #expect(said("list", "case").contains("missing")) }
        #expect(said("case", "open", "Another", "--type", "noise").contains("missing"))
    }

    @Test(arguments: [true, false])
    func `who lacks what let them in is not told that they are let in no more`(
        _ isDamaged: Bool
    ) throws {
        let kept = try begin().lastPathComponent
        let logs = URL(filePath: "\(stage.folder)/warden/logs")
        let names = try FileManager.default.contentsOfDirectory(atPath: logs.path())
        let founders = try #require(names.first { $0 != kept })
        var bytes = try Data(contentsOf: logs.appending(path: founders))
        // Its end is what let the warden in.
        if isDamaged { bytes[bytes.count - 300] ^= 1 } else { bytes.removeLast(300) }
        try bytes.write(to: logs.appending(path: founders))
        // What the index had read of it goes with that.
        for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
            try FileManager.default.removeItem(atPath: "\(stage.folder)/warden/\(name)")
        }
        let segments = URL(filePath: "\(stage.folder)/exchange/segments")
        for name in try FileManager.default.contentsOfDirectory(atPath: segments.path()) {
            try FileManager.default.removeItem(at: segments.appending(path: name))
        }
        let synced = stage.on("warden", "sync", "folder/exchange").output
            .replacing("\n", with: " ")
        #expect(synced.contains("let in no more") == false)
        #expect(synced.contains("does not see who is let in"), "\(synced)")
    }

    @Test(arguments: ["folder", "link", "large"])
    func `whatever stands in the place of the list of losses stops nothing`(_ way: String) throws {
        _ = try begin()
        let path = "\(stage.folder)/coordinator/lost"
        switch way {
        case "folder":
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        case "link":
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "/nowhere")
        default: try Data(repeating: 7, count: 2 << 20).write(to: URL(filePath: path))
        }
        #expect(stage.on("coordinator", "list", "case").code == .done)
        #expect(stage.on("coordinator", "case", "open", "Another", "--type", "noise").code == .done)
        #expect(said("list", "case").isEmpty)
    }

    @Test(arguments: ["gone", "cut"], ["warden", "empty"])
    func `a merge says what is missing when it has ended`(_ way: String, _ giver: String) throws {
        let log = try begin()
        let bytes = try Data(contentsOf: log)
        if giver == "warden" {
            stage.on("warden", "sync", "folder/exchange")
        } else {
            try FileManager.default.createDirectory(
                atPath: "\(stage.folder)/empty", withIntermediateDirectories: true)
            // A copy of the log that ends before what was lost.
            try bytes.prefix(bytes.count - 150).write(
                to: URL(filePath: "\(stage.folder)/empty/\(log.lastPathComponent)"))
        }
        switch way {
        case "gone": try FileManager.default.removeItem(at: log)
        default: try bytes.prefix(bytes.count - 150).write(to: log)
        }
        let merged = stage.on("coordinator", "merge", "\(stage.folder)/\(giver)").output.replacing(
            "\n", with: " ")
        let isBack = giver == "warden"
        #expect(merged.contains("missing") == (isBack == false), "\(merged)")
        #expect(merged.contains("missing from this book") == false, "\(merged)")
        #expect(merged.contains("shorter") == false, "\(merged)")
        #expect(said("list", "case").contains("missing") == (isBack == false))
    }

    @Test(arguments: [["sql", "SELECT entry FROM entries"], ["replay"]])
    func `what was read and cannot be read now is not left out`(_ words: [String]) throws {
        let log = try begin()
        var bytes = try Data(contentsOf: log)
        let range = try #require(bytes.range(of: Data("Noise at night".utf8)))
        bytes.replaceSubrange(
            range.lowerBound - 120..<range.upperBound, with: Data(count: range.count + 120))
        try bytes.write(to: log)
        let result = stage.run("coordinator", words)
        #expect(result.code == .failed)
        #expect(result.errors.contains("is damaged"), "\(result.errors)")
    }
}

extension Stage {
    /// A founded book with an exchange and a warden who opened a case. Gives where the founder
    /// keeps the warden's log.
    func beginWithWarden() throws -> URL {
        on(
            "coordinator", "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
            "--call-sign", "C01")
        on("coordinator", "sync", "folder/exchange", "--create")
        try enrol("warden", as: "field", "W01", holder: "A. Warden")
        on("warden", "case", "open", "Noise at night", "--type", "noise")
        on("warden", "sync", "folder/exchange")
        on("coordinator", "sync", "folder/exchange")
        let held = URL(filePath: "\(folder)/coordinator/logs")
        let logs = try FileManager.default.contentsOfDirectory(atPath: held.path())
        let path = try logs.map { held.appending(path: $0) }.first { path in
            try Data(contentsOf: path).range(of: Data("Noise at night".utf8)) != nil
        }
        return try #require(path)
    }
}
