// SPDX-License-Identifier: MIT
import Foundation
import Terminal
import Testing

/// A device's own log that is gone, empty, cut or rotten, as its holder meets it.
struct OwnLogTests {
    private let stage = Stage()

    private func begin() throws -> URL { try stage.beginWithWarden() }

    @Test func `a log that rots behind what was read stops no command`() throws {
        let stage = self.stage
        _ = try begin()
        let folder = "\(stage.folder)/warden"
        // A new log has to be begun, while the founder's is no more what was read of it.
        try FileManager.default.removeItem(atPath: "\(folder)/witness")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/logs")
        for name in names {
            let path = URL(filePath: "\(folder)/logs/\(name)")
            var bytes = try Data(contentsOf: path)
            guard bytes.range(of: Data("A partnership".utf8)) != nil else { continue }
            bytes.replaceSubrange(500..., with: Data(count: bytes.count - 500))
            try bytes.write(to: path)
        }
        #expect(stage.on("warden", "case", "open", "Another", "--type", "noise").code == .done)
        #expect(stage.on("warden", "list", "case").code == .done)
        stage.on("warden", "sync", "folder/exchange")
        #expect(stage.on("warden", "verify").code == .done)
        let cases = stage.on("warden", "list", "case").output
        #expect(cases.contains("Another") && cases.contains("Noise at night"))
    }

    @Test(arguments: ["sync", "merge"])
    func `what is lost of an own log is named by the exchange that does not bring it`(
        _ verb: String
    ) throws {
        let stage = self.stage
        _ = try begin()
        let folder = "\(stage.folder)/warden"
        let before = Set(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/logs"))
        try FileManager.default.removeItem(atPath: "\(folder)/witness")
        stage.on("warden", "case", "open", "Lost", "--type", "noise")
        let after = Set(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/logs"))
        let log = try #require(after.subtracting(before).first)
        try FileManager.default.removeItem(atPath: "\(folder)/logs/\(log)")
        let giver = verb == "sync" ? "folder/exchange" : "\(stage.folder)/coordinator"
        let said = stage.on("warden", verb, giver).output.replacing("\n", with: " ")
        #expect(said.contains("Entries 1 to 2 of this device's log"), "\(said)")
    }

    @Test func `a word that was a record's is no other's while its log is empty`() throws {
        let stage = self.stage
        _ = try begin()
        let folder = "\(stage.folder)/warden/logs"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let path = URL(filePath: "\(folder)/\(name)")
            guard try Data(contentsOf: path).range(of: Data("Noise at night".utf8)) != nil else {
                continue
            }
            try Data().write(to: path)
        }
        try FileManager.default.createDirectory(
            atPath: "\(stage.folder)/nothing", withIntermediateDirectories: true)
        stage.run("warden", ["merge", "\(stage.folder)/nothing"])
        let said = stage.on("warden", "case", "open", "Another", "--type", "noise").output
        #expect(said.hasPrefix("W01~"), "\(said)")
    }

    @Test func `a seal that rots at the end of an own log is made again`() throws {
        let stage = self.stage
        _ = try begin()
        let folder = URL(filePath: "\(stage.folder)/warden/logs")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
            var bytes = try Data(contentsOf: folder.appending(path: name))
            guard bytes.range(of: Data("Noise at night".utf8)) != nil else { continue }
            bytes[bytes.count - 20] ^= 0x40
            try bytes.write(to: folder.appending(path: name))
        }
        let said = stage.run("warden", ["case", "note", "W01-1", "Quiet"]).errors
        #expect(said.replacing("\n", with: " ").contains("signed again"), "\(said)")
        #expect(stage.on("warden", "verify").code == .done)
        stage.on("warden", "sync", "folder/exchange")
        stage.on("coordinator", "sync", "folder/exchange")
        for device in ["warden", "coordinator"] {
            #expect(stage.on(device, "verify").code == .done)
            #expect(stage.on(device, "show", "W01-1").output.contains("Quiet"))
        }
    }

    @Test func `what is written again behind damage is called by its new reference`() throws {
        let stage = self.stage
        _ = try begin()
        let folder = URL(filePath: "\(stage.folder)/warden/logs")
        func holding(_ words: String) throws -> (URL, Data, Range<Data.Index>) {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            for path in names.map({ folder.appending(path: $0) }) {
                let bytes = try Data(contentsOf: path)
                if let range = bytes.range(of: Data(words.utf8)) { return (path, bytes, range) }
            }
            throw CocoaError(.fileNoSuchFile)
        }
        stage.on("warden", "case", "open", "Graffiti on a wall", "--type", "graffiti")
        stage.on("warden", "case", "open", "Shouting in a lane", "--type", "noise")
        var (log, bytes, range) = try holding("Graffiti on a wall")
        bytes[range.lowerBound] ^= 0x40
        try bytes.write(to: log)
        let said = stage.run("warden", ["case", "note", "W01-1", "Quiet since"]).errors
            .replacing("\n", with: " ")
        #expect(said.contains("W01-3 is now W01b-2"), "\(said)")
        #expect(stage.on("warden", "show", "W01b-2").output.contains("Shouting in a lane"))
    }
}
