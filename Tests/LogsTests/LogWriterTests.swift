// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation
import Testing

@Suite struct LogWriterTests {
    private let device = TestDevice(1)
    private let log: LogIdentity
    private let files = MemoryFiles()

    init() throws {
        log = LogIdentity(device.birth(in: nil))
        try files.makeFolder("logs")
    }

    private func entries(after tip: LogTip, count: Int = 1, bodySize: Int = 8) -> [EntryBytes] {
        (1...UInt64(count)).map {
            LogBuilder.entry(seq: tip.seq + $0, after: tip.time, bodySize: bodySize, mark: 0)
        }
    }

    private func reading(_ files: MemoryFiles) throws -> LogReading {
        try LogReading(files.bytesByPath["logs/a.log"] ?? [])
    }

    @Test func `a log that begins holds its birth`() throws {
        let writer = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        #expect(try reading(files).position == writer.position)
        #expect(throws: Failure.self) {
            _ = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        }
    }

    @Test func `each batch is one write, and stands when append returns`() throws {
        var writer = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        for count in 1...4 {
            let calls = files.calls
            try writer.append(
                entries(after: writer.position.tip, count: count), sealingWith: device.key)
            #expect(files.calls == calls + 1)
            #expect(try reading(files).position == writer.position)
        }
        #expect(writer.position.tip.seq == 10)
    }

    @Test func `sealing signs what is unsealed, once`() throws {
        var writer = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        try writer.append(entries(after: writer.position.tip), sealingWith: device.key)
        try writer.seal(with: device.key)
        let bytes = files.bytesByPath["logs/a.log"]
        #expect(writer.position.sealedTip.seq == 1)
        try writer.seal(with: device.key)
        #expect(files.bytesByPath["logs/a.log"] == bytes)
        #expect(try reading(files).position == writer.position)
    }

    @Test func `a log seals itself at least every mebibyte and one batch`() throws {
        var writer = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        for _ in 0..<40 {
            try writer.append(
                entries(after: writer.position.tip, bodySize: 60_000), sealingWith: device.key)
            #expect(writer.position.offset - writer.position.sealedOffset < Limits.unsealed)
        }
        #expect(try reading(files).position == writer.position)
    }

    @Test func `an append that failed changed nothing, and can be done again`() throws {
        var writer = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        let before = writer.position
        files.plan(.fails(.full), atCall: 1)
        do {
            try writer.append(entries(after: before.tip), sealingWith: device.key)
            Issue.record("the planned failure did not come")
        } catch {
            #expect(error.kind == .full)
        }
        #expect(writer.position == before)
        try writer.append(entries(after: before.tip), sealingWith: device.key)
        #expect(try reading(files).position == writer.position)
    }

    @Test func `after a write that stopped short nothing more is added to the file`() throws {
        var writer = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        files.plan(.stopsShort(keeping: 9), atCall: 1)
        for _ in 0..<2 {
            do {
                try writer.append(entries(after: writer.position.tip), sealingWith: device.key)
                Issue.record("nothing failed")
            } catch {
                #expect([.full, .damaged].contains(error.kind))
            }
        }
        #expect(try reading(files).verdict == .torn(offset: writer.position.offset))
    }

    @Test func `a crash in an append leaves a whole batch or a torn tail`() throws {
        var writer = try LogWriter(beginning: log, at: "logs/a.log", files: files)
        try writer.append(entries(after: writer.position.tip), sealingWith: device.key)
        let before = writer.position
        for keeping in 0..<400 {
            for point in [CrashPoint.midway(keeping: keeping), .zeroFilled(keeping: keeping)] {
                let disk = MemoryFiles(copying: files)
                var writer = LogWriter(log, at: "logs/a.log", after: before, files: disk)
                disk.plan(.crashes(point), atCall: 1)
                do {
                    try writer.append(
                        entries(after: before.tip, bodySize: 200), sealingWith: device.key)
                    Issue.record("the power did not go")
                } catch {
                    let reading = try reading(disk)
                    let isWhole = reading.position.tip.seq == 2
                    #expect(isWhole || reading.position == before)
                    #expect([.clean, .torn(offset: before.offset)].contains(reading.verdict))
                }
            }
        }
    }

    @Test func `a batch that no reader would take stops the program`() async {
        await #expect(processExitsWith: .failure) {
            let files = MemoryFiles()
            try files.makeFolder("logs")
            let device = TestDevice(1)
            var writer = try LogWriter(
                beginning: LogIdentity(device.birth(in: nil)), at: "logs/a.log", files: files)
            try writer.append([], sealingWith: device.key)
        }
        await #expect(processExitsWith: .failure) {
            let files = MemoryFiles()
            try files.makeFolder("logs")
            let device = TestDevice(1)
            var writer = try LogWriter(
                beginning: LogIdentity(device.birth(in: nil)), at: "logs/a.log", files: files)
            let entry = LogBuilder.entry(
                seq: 1, after: writer.position.tip.time, bodySize: 4, mark: 0)
            let other = EntryBytes(header: entry.header, body: [UInt8](repeating: 1, count: 20))
            try writer.append([other], sealingWith: device.key)
        }
    }

    @Test func `an entry made for another place stops the program`() async {
        await #expect(processExitsWith: .failure) {
            let log = LogIdentity(TestDevice(1).birth(in: nil))
            let entry = LogBuilder.entry(
                seq: 2, after: HybridTime(raw: 0), bodySize: 4, mark: 0)
            _ = LogWriter.checked([entry], after: log.start, in: log)
        }
    }
}
