// SPDX-License-Identifier: MIT
import Foundation
import Terminal
import Testing

/// What stands in the place of a book's files and is no plain file.
@Suite struct OddFilesTests {
    enum Oddity: CaseIterable {
        case folder, pipe, link, large

        func put(at path: String) throws {
            switch self {
            case .folder:
                try FileManager.default.createDirectory(
                    atPath: "\(path)/within", withIntermediateDirectories: true)
            case .pipe: #expect(mkfifo(path, 0o600) == 0)
            case .link: #expect(symlink("/etc/hostname", path) == 0)
            case .large:
                // As long as no log is, and without a block on the disk.
                try Data().write(to: URL(filePath: path))
                #expect(truncate(path, 1 << 38) == 0)
            }
        }
    }

    /// A coordinator who holds a warden's case.
    private func stage() throws -> Stage {
        let stage = Stage()
        stage.on(
            "coordinator", "init", "Thanet", "--holder", "C. Manager", "--agency", "TDC-CS",
            "--call-sign", "C01")
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        try stage.enrol("warden", as: "field", "W01", holder: "A. Warden")
        stage.on("warden", "case", "open", "Noise at night", "--type", "noise")
        for device in ["warden", "coordinator"] { stage.on(device, "sync", "folder/exchange") }
        return stage
    }

    @Test(arguments: Oddity.allCases)
    func `a log that something else stands for is moved aside, and comes back`(
        _ oddity: Oddity
    ) throws {
        let stage = try stage()
        let folder = "\(stage.folder)/coordinator"
        let before = try stage.json("coordinator", "verify").text("digest")
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/logs") {
            let path = "\(folder)/logs/\(name)"
            try FileManager.default.removeItem(atPath: path)
            try oddity.put(at: path)
            // What this book had and has no more is never called clean.
            #expect(stage.on("coordinator", "verify").code == .findings)
            let result = stage.on("coordinator", "sync", "folder/exchange")
            #expect(result.code == .done)
            let said = result.output.replacing("\n", with: " ")
            #expect(said.contains("In the place of 'logs/"))
            #expect(stage.on("coordinator", "verify").code == .done)
            #expect(try stage.json("coordinator", "verify").text("digest") == before)
        }
        let aside = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/set-aside")
        #expect(aside.filter { $0.hasSuffix(".log.1") }.count == 2)
    }

    @Test(arguments: [Oddity.pipe, .link])
    func `what stands in the place of all logs is moved aside, and they come back`(
        _ oddity: Oddity
    ) throws {
        let stage = try stage()
        let path = "\(stage.folder)/coordinator/logs"
        let before = try stage.json("coordinator", "verify").text("digest")
        try FileManager.default.removeItem(atPath: path)
        try oddity.put(at: path)
        #expect(stage.on("coordinator", "verify").code == .findings)
        let result = stage.on("coordinator", "sync", "folder/exchange")
        let said = result.output.replacing("\n", with: " ")
        #expect(said.contains("In the place of 'logs' in this"))
        #expect(stage.on("coordinator", "sync", "folder/exchange").code == .done)
        #expect(stage.on("coordinator", "verify").code == .done)
        #expect(try stage.json("coordinator", "verify").text("digest") == before)
    }

    @Test(
        arguments: [Oddity.folder, .pipe, .link], ["witness", "index.sqlite", "index.sqlite-wal"])
    func `any other file of the book's is made anew by whoever writes`(
        _ oddity: Oddity, _ name: String
    ) throws {
        let stage = try stage()
        let path = "\(stage.folder)/coordinator/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        try oddity.put(at: path)
        let result = stage.on("coordinator", "case", "note", "W01-1", "Goes on")
        #expect(result.code == .done)
        #expect(stage.on("coordinator", "verify").code == .done)
        #expect(stage.on("coordinator", "show", "W01-1").output.contains("Goes on"))
        #expect(stage.on("coordinator", "sync", "folder/exchange").code == .done)
    }

    private func logs(_ stage: Stage, _ device: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: URL(filePath: "\(stage.folder)/\(device)/logs"), includingPropertiesForKeys: nil
        ).sorted { $0.path < $1.path }
    }

    @Test func `logs that changed names under an index that knows them are put right`() throws {
        let stage = try stage()
        let paths = try logs(stage, "warden")
        let bytes = try paths.map { try Data(contentsOf: $0) }
        try #require(paths.count == 2)
        try bytes[1].write(to: paths[0])
        try bytes[0].write(to: paths[1])
        #expect(stage.on("warden", "case", "note", "W01-1", "Goes on").code == .done)
        #expect(stage.on("warden", "sync", "folder/exchange", "--thorough").code == .done)
        #expect(stage.on("warden", "verify").code == .done)
        let now = try paths.map { try Data(contentsOf: $0) }
        #expect(now.indices.allSatisfy { now[$0].starts(with: bytes[$0]) })
    }

    @Test(arguments: [0, 8, 20, 60, 130])
    func `a birth that rots under an index that knows it takes nothing with it`(
        _ place: Int
    ) throws {
        let stage = try stage()
        stage.on("warden", "case", "note", "W01-1", "Not synced")
        for path in try logs(stage, "warden") {
            var bytes = try Data(contentsOf: path)
            bytes[place] ^= 2
            try bytes.write(to: path)
        }
        #expect(stage.on("warden", "case", "note", "W01-1", "Goes on").code == .done)
        #expect(stage.on("warden", "sync", "folder/exchange", "--thorough").code == .done)
        stage.on("warden", "sync", "folder/exchange")
        #expect(stage.on("warden", "verify").code == .done)
        stage.on("coordinator", "sync", "folder/exchange")
        for device in ["warden", "coordinator"] {
            let shown = stage.on(device, "show", "W01-1").output
            #expect(shown.contains("Not synced") && shown.contains("Goes on"), "\(device)")
        }
    }

    @Test func `what a stopped writer left in a shared folder goes away with a later sync`() throws
    {
        let stage = try stage()
        let left = "\(stage.folder)/exchange/segments/abc.segment.77.tmp"
        try Data([1, 2, 3]).write(to: URL(filePath: left))
        #expect(stage.on("warden", "sync", "folder/exchange").code == .done)
        #expect(FileManager.default.fileExists(atPath: left))
        // The stage's clock is not the disk's.
        let longAgo = Date(timeIntervalSince1970: 1_000)
        try FileManager.default.setAttributes([.modificationDate: longAgo], ofItemAtPath: left)
        let result = stage.on("warden", "sync", "folder/exchange")
        #expect(result.output.contains("Nothing needs a person."))
        #expect(FileManager.default.fileExists(atPath: left) == false)
    }
}
