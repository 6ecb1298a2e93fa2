// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Logs
import Replicas
import Simulation
import Terminal
import Testing

@testable import Queries

/// What the program says and does when something is wrong.
struct TroubleTests {
    /// A founded book with an exchange and one warden who is let in.
    private func stage() throws -> Stage {
        let stage = Stage()
        stage.on(
            "coordinator", "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
            "--call-sign", "C01")
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        try stage.enrol("warden", as: "field", "W01", holder: "A. Warden")
        stage.on("warden", "case", "open", "Noise at night", "--type", "noise", "--risk", "low")
        stage.on("warden", "sync", "folder/exchange")
        return stage
    }

    /// The longest of a book's log files is not asked for: the own one is the last written to.
    private func ownLog(_ stage: Stage, _ device: String) throws -> String {
        let folder = "\(stage.folder)/\(device)/logs"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let dates = try names.map { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            return (name, try #require(attributes[.modificationDate] as? Date))
        }
        return "\(folder)/\(try #require(dates.max { $0.1 < $1.1 }).0)"
    }

    private func cut(_ path: String, by count: Int) throws {
        let size = try #require(try DiskFiles().size(path))
        try DiskFiles().truncate(path, to: size - count)
    }

    @Test func `a word that is no verb is answered with the one that was meant`() {
        let result = Stage().on("nowhere", "casse", "open")
        #expect(result.code == .failed)
        #expect(result.errors.contains("There is no verb 'casse'. Did you mean 'case'?"))
    }

    @Test func `a folder without a book is told apart from an empty book`() {
        let result = Stage().on("nowhere", "list")
        #expect(result.code == .failed)
        #expect(result.errors.contains("There is no book in"))
    }

    @Test func `a folder that cannot be looked into is not taken for one without a book`() throws {
        let files = MemoryFiles()
        files.plan(.fails(.other), atCall: 1)
        let output = MemoryOutput(terminalWidth: 80)
        let console = Console(
            output: output, input: MemoryInput([], isTerminal: false),
            settings: ConsoleSettings(allowsColour: false, movesCursor: false, columns: 80))
        let program = Program(
            console: console,
            surroundings: Surroundings(
                files: files, clock: TestClock(1), entropy: SeededEntropy(1), index: .memory),
            variables: { $0 == "HOME" ? "home" : nil })
        #expect(program.run(["status"]) == .failed)
        #expect(output.text(.errors).contains("The call failed, as was planned."))
    }

    @Test func `an empty folder is no exchange, and nothing is taken for deleted`() throws {
        let stage = try stage()
        try FileManager.default.createDirectory(
            atPath: "\(stage.folder)/empty", withIntermediateDirectories: false)
        let result = stage.on("warden", "sync", "folder/empty")
        #expect(result.code == .failed)
        #expect(result.errors.contains("is empty, so it is not an exchange"))
        #expect(try stage.json("warden", "list", "case").number("total") == 1)
    }

    @Test func `a device that is not let in reads only what it recorded itself`() throws {
        let stage = try stage()
        let words = try stage.json("warden", "status").text("partnership")
        #expect(stage.on("stranger", "join", "folder/exchange", "--words", words).code == .done)
        stage.on("stranger", "case", "open", "My own", "--type", "noise")
        let result = stage.on("stranger", "sync", "folder/exchange")
        #expect(result.output.contains("This device is not let in yet"))
        let list = try stage.json("stranger", "list", "case")
        #expect(list.items("records").map { $0.text("title") } == ["My own"])
        stage.on("coordinator", "sync", "folder/exchange")
        #expect(try stage.json("coordinator", "list", "case").number("total") == 1)
    }

    @Test func `a second process hears who holds the book`() throws {
        let stage = try stage()
        let lock = try DiskFiles().lock("\(stage.folder)/warden/lock", holder: "'beatbook sync'")
        let result = stage.on("warden", "case", "note", "W01-1", "While it is locked")
        #expect(result.code == .failed)
        #expect(result.errors.contains("being written to by 'beatbook sync'"))
        #expect(stage.on("warden", "show", "W01-1").code == .done)
        lock.release()
    }

    @Test func `a clock that was set back is told by the command that finds it`() throws {
        let stage = try stage()
        stage.clock.set(stage.clock.nowMilliseconds() - 3 * 3_600_000)
        let result = stage.on("warden", "case", "note", "W01-1", "Later than it seems")
        #expect(result.code == .done)
        #expect(result.errors.contains("was set back by more than an hour; a new log was begun"))
        let next = stage.on("warden", "case", "note", "W01-1", "And again")
        #expect(next.errors.isEmpty)
    }

    @Test func `an import without rows says so and writes nothing`() throws {
        let stage = try stage()
        let csv = "\(stage.folder)/empty.csv"
        try Data("title,type\n".utf8).write(to: URL(filePath: csv))
        let result = stage.on("warden", "case", "import", "folder/empty.csv")
        #expect(result.code == .rejected)
        #expect(result.errors.contains("a header and no rows"))
        #expect(stage.on("warden", "index", "rebuild").code == .done)
        #expect(stage.on("warden", "verify").code == .done)
    }

    @Test func `a write that was cut short is put aside, and everything before it is there`() throws
    {
        let stage = try stage()
        let log = try ownLog(stage, "warden")
        let size = try #require(try DiskFiles().size(log))
        try DiskFiles().append([2, 200, 0, 0, 0, 0x82, 0x58], to: log, at: size)
        let result = stage.on("warden", "case", "note", "W01-1", "After the cut")
        #expect(result.code == .done)
        #expect(result.errors.contains("cut short before it was acknowledged. Its 7"))
        #expect(stage.on("warden", "verify").code == .done)
    }

    @Test func `an own log that lost what it had promised is not continued`() throws {
        let stage = try stage()
        stage.on("warden", "case", "note", "W01-1", "Will be lost")
        try cut(try ownLog(stage, "warden"), by: 5)
        let read = stage.on("warden", "show", "W01-1")
        #expect(read.errors.contains("own log ended at entry"))
        let write = stage.on("warden", "case", "note", "W01-1", "Goes on")
        let told = write.errors.replacing("\n", with: " ")
        #expect(told.contains("A new log was begun."))
        #expect(write.output.contains("entry W01b#2"))
        stage.on("warden", "sync", "folder/exchange")
        stage.on("coordinator", "sync", "folder/exchange")
        #expect(stage.on("coordinator", "verify").code == .done)
    }

    @Test func `what rots in the own log that the index has read is told, and the rest kept`()
        throws
    {
        let stage = try stage()
        let log = try ownLog(stage, "warden")
        let start = try #require(try DiskFiles().size(log))
        for word in ["Rots", "Stays", "Stays too"] {
            stage.on("warden", "case", "note", "W01-1", word)
        }
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: log)))
        bytes[start + 20] ^= 0x40
        try Data(bytes).write(to: URL(filePath: log))
        let result = stage.on("warden", "case", "note", "W01-1", "Goes on")
        #expect(result.code == .done)
        let told = result.errors.replacing("\n", with: " ")
        #expect(told.contains("A new log was begun; 2 entries were read behind the damage"))
        #expect(told.contains("recorded here and"))
        stage.on("warden", "sync", "folder/exchange")
        stage.on("coordinator", "sync", "folder/exchange")
        for device in ["warden", "coordinator"] {
            let page = stage.on(device, "show", "W01-1").output
            #expect(page.contains("Rots") == false)
            for word in ["Stays too", "Goes on"] { #expect(page.contains(word)) }
            #expect(stage.on(device, "verify").code == .done)
        }
    }

    @Test func `an index of garbage is made anew to the same digest`() throws {
        let stage = try stage()
        let before = try stage.json("warden", "verify").text("digest")
        let index = "\(stage.folder)/warden/index.sqlite"
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: index + suffix)
        }
        try Data(repeating: 0x5a, count: 9_000).write(to: URL(filePath: index))
        #expect(try stage.json("warden", "verify").text("digest") == before)
    }

    @Test func `a damaged log of another is healed by a rebuild and a sync, and read`() throws {
        let stage = Stage()
        stage.on(
            "coordinator", "init", "Thanet", "--holder", "C. Manager", "--agency", "TDC-CS",
            "--call-sign", "C01")
        stage.on("coordinator", "sync", "folder/exchange", "--create")
        try stage.enrol("warden", as: "field", "W01", holder: "A. Warden")
        stage.on("coordinator", "case", "open", "Noise", "--type", "noise")
        for device in ["coordinator", "warden", "coordinator"] {
            stage.on(device, "sync", "folder/exchange")
        }
        let wanted = try stage.json("warden", "verify")
        let logs = try FileManager.default.contentsOfDirectory(
            atPath: "\(stage.folder)/coordinator/logs")
        for log in logs {
            let path = "\(stage.folder)/warden/logs/\(log)"
            let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
            for place in stride(from: 200, to: whole.count, by: 331) {
                var bad = whole
                bad[place] ^= 4
                try Data(bad).write(to: URL(filePath: path))
                stage.on("warden", "index", "rebuild")
                stage.on("warden", "sync", "folder/exchange")
                let healed = try stage.json("warden", "verify")
                #expect(healed.flag("clean") == true, "\(log), byte \(place)")
                #expect(healed.text("digest") == wanted.text("digest"))
                #expect([UInt8](try Data(contentsOf: URL(filePath: path))) == whole)
            }
        }
    }

    @Test func `a list that went stale is found by verify, and made right by a rebuild`() throws {
        let stage = try stage()
        let path = "\(stage.folder)/warden/index.sqlite"
        do {
            let index = try Database(.file(path))
            try index.run("UPDATE records SET title='Nothing at all', isOpen=0 WHERE kind NOT NULL")
        }
        #expect(stage.on("warden", "list", "case").output.contains("Noise at night") == false)
        let found = stage.on("warden", "verify")
        #expect(found.code == .findings)
        #expect(found.output.contains("What the index says of W01-1 is not what the logs say:"))
        #expect(found.output.contains("title, isOpen"))
        #expect(found.output.contains("'beatbook index rebuild'"))
        stage.on("warden", "index", "rebuild")
        #expect(stage.on("warden", "verify").code == .done)
        #expect(stage.on("warden", "list", "case").output.contains("Noise at night"))
    }

    @Test func `a cloned book gives way to what was shared, and nothing is lost`() throws {
        let stage = try stage()
        try FileManager.default.copyItem(
            atPath: "\(stage.folder)/warden", toPath: "\(stage.folder)/clone")
        stage.on("warden", "case", "note", "W01-1", "On the first")
        stage.on("clone", "case", "note", "W01-1", "On the second")
        stage.on("warden", "sync", "folder/exchange")
        let clone = stage.on("clone", "sync", "folder/exchange")
        #expect(clone.output.contains("recorded again in a new log"))
        stage.on("coordinator", "sync", "folder/exchange")
        #expect(stage.on("coordinator", "verify").code == .done)
        let page = stage.on("coordinator", "show", "W01-1").output
        #expect(page.contains("On the first") && page.contains("On the second"))
    }

    @Test func `two histories that were both signed are told to everyone who meets both`() throws {
        let stage = try stage()
        for (from, to) in [("warden", "clone"), ("exchange", "other")] {
            try FileManager.default.copyItem(
                atPath: "\(stage.folder)/\(from)", toPath: "\(stage.folder)/\(to)")
        }
        stage.on("warden", "case", "note", "W01-1", "On the first")
        stage.on("clone", "case", "note", "W01-1", "On the second")
        stage.on("warden", "sync", "folder/exchange")
        stage.on("clone", "sync", "folder/other")
        stage.on("coordinator", "sync", "folder/exchange")
        let result = stage.on("coordinator", "sync", "folder/other")
        #expect(result.output.contains("More than one signed history of a device"))
        #expect(stage.on("coordinator", "verify").code == .findings)
        stage.on("coordinator", "index", "rebuild")
        stage.on("coordinator", "sync", "folder/other")
        #expect(stage.on("coordinator", "verify").code == .findings)
    }

    @Test func `a warden cannot ease what is more protective, and a coordinator sees the wish`()
        throws
    {
        let stage = try stage()
        stage.on("warden", "case", "risk", "W01-1", "high")
        let eased = stage.on("warden", "case", "risk", "W01-1", "low")
        #expect(eased.output.contains("a coordinator decides whether it is eased"))
        let record = try stage.json("warden", "show", "W01-1")
        #expect(record.text("fields", "risk", "value") == "high")
        #expect(record.flag("fields", "risk", "disputed") == true)
    }
}
