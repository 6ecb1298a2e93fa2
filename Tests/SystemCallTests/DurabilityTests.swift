// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The real file layer, verb by verb: what is synced before what is renamed, removed and answered.
@Suite struct DurabilityTests {
    @Test(.enabled("strace is not here", { TracedProgram.strace != nil }))
    func `all that a verb answers for is on the disk before the answer`() throws {
        let program = try TracedProgram()
        defer { program.remove() }
        let exchange = "\(program.folder)/exchange"
        func check(
            _ device: String, _ words: String..., writesLog: Bool, makes endings: [String] = []
        ) throws -> String {
            let (output, calls) = try program.run(device, words)
            let check = DurabilityCheck(calls)
            #expect(check.breaches == [], "\(words)")
            #expect(check.hasAnswered, "\(words)")
            #expect((check.logWrites > 0) == writesLog, "\(words)")
            for ending in endings {
                #expect(check.renamed.contains { $0.hasSuffix(ending) }, "\(words): \(ending)")
            }
            return output
        }
        _ = try check(
            "k", "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
            "--call-sign", "C01", writesLog: true, makes: [".log", "device.key"])
        _ = try check("k", "case", "open", "Noise at night", "--type", "noise", writesLog: true)
        _ = try check("k", "case", "note", "C01-2", "Quiet since", writesLog: true)
        _ = try check("k", "case", "risk", "C01-2", "high", writesLog: true)
        _ = try check(
            "k", "sync", exchange, "--create", writesLog: true,
            makes: ["beatbook.exchange", ".segment"])
        try Data("title,type\nFires,deliberate-fire\nLitter,littering\n".utf8)
            .write(to: URL(filePath: "\(program.folder)/cases.csv"))
        _ = try check("k", "case", "import", "\(program.folder)/cases.csv", writesLog: true)
        _ = try check("k", "sync", exchange, writesLog: true, makes: [".segment"])
        _ = try check("k", "show", "C01-2", writesLog: false)
        _ = try check("k", "list", "case", writesLog: false)
        _ = try check("k", "index", "rebuild", writesLog: false)
        _ = try check("k", "verify", writesLog: false)
    }

    @Test(.enabled("strace is not here", { TracedProgram.strace != nil }))
    func `small files of a device are removed only when the joined one is on the disk`() throws {
        let program = try TracedProgram()
        defer { program.remove() }
        let exchange = "\(program.folder)/exchange"
        _ = try program.run(
            "k",
            [
                "init", "A partnership", "--holder", "C. Manager", "--agency", "TDC",
                "--call-sign", "C01",
            ])
        _ = try program.run("k", ["case", "open", "Noise at night", "--type", "noise"])
        _ = try program.run("k", ["sync", exchange, "--create"])
        var hasRemoved = false
        for count in 1...40 where hasRemoved == false {
            _ = try program.run("k", ["case", "note", "C01-2", "Number \(count)"])
            let check = DurabilityCheck(try program.run("k", ["sync", exchange]).calls)
            #expect(check.breaches == [])
            hasRemoved = check.removed.contains { $0.hasSuffix(".segment") }
            if hasRemoved { #expect(check.renamed.contains { $0.hasSuffix(".segment") }) }
        }
        #expect(hasRemoved, "nothing was ever joined")
    }

    @Test func `a sync that is left out is found`() {
        func breaches(_ lines: String...) -> Int {
            DurabilityCheck(lines.compactMap { TracedCall($0) }).breaches.count
        }
        let write = #"7 pwrite64(5</b/logs/a.log>, ""..., 9, 100) = 9"#
        let sync = "7 fdatasync(5</b/logs/a.log>) = 0"
        let answer = #"7 write(1<pipe:[9]>, ""..., 4) = 4"#
        let index = #"7 pwrite64(6</b/index.sqlite-wal>, ""..., 9, 0) = 9"#
        #expect(breaches(write, sync, index, answer) == 0)
        #expect(breaches(write, answer, sync) == 1)
        #expect(breaches(write, index, sync, answer) == 1)
        let made = #"7 pwrite64(5</b/x.7.tmp>, ""..., 9, 0) = 9"#
        let rename = #"7 rename("/b/x.7.tmp", "/b/x") = 0"#
        let folder = "7 fsync(8</b>) = 0"
        #expect(breaches(made, "7 fdatasync(5</b/x.7.tmp>) = 0", rename, folder, answer) == 0)
        #expect(breaches(made, rename, folder, answer) == 2)
        #expect(breaches(made, "7 fdatasync(5</b/x.7.tmp>) = 0", rename, answer) == 1)
    }
}
