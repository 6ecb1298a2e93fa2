// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The program as a process: what it answers when what it prints goes nowhere.
struct ProcessTests {
    private let folder: URL
    private let program: String

    /// A founded book, and the program that was built beside these tests.
    private init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "beatbook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let candidates = [URL(filePath: tests), URL(filePath: CommandLine.arguments[0])]
            .map { $0.deletingLastPathComponent().appending(path: "beatbook").path }
        program = try #require(
            candidates.first { FileManager.default.isExecutableFile(atPath: $0) })
        let founded = try shell(
            "$BB init T --holder H --agency A --call-sign C01 && $BB case open X --type noise")
        try #require(founded.code == 0)
    }

    private func clear() throws { try FileManager.default.removeItem(at: folder) }

    /// What a shell answers to a line in which `$BB` is the program with its book.
    private func shell(_ line: String) throws -> (code: Int32, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", "set -o pipefail; \(line)"]
        process.currentDirectoryURL = folder
        process.environment = ["BB": "\(program) --book book", "HOME": folder.path, "LC_ALL": "C"]
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let told = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: told, as: UTF8.self))
    }

    private func cases() throws -> Int {
        let output = folder.appending(path: "list.json")
        guard try shell("$BB --json list case > list.json").code == 0 else { return -1 }
        return try JSONObject(Data(contentsOf: output)).number("total") ?? -1
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func `what is recorded is a success where nothing can be printed, and a listing is not`() throws
    {
        defer { #expect(throws: Never.self) { try clear() } }
        let recorded = try shell("$BB case open Y --type noise > /dev/full")
        #expect(recorded.code == 0)
        #expect(recorded.errors.contains("It is recorded, and must not be entered again."))
        #expect(try cases() == 2)
        let json = try shell("$BB --json case open Z --type noise > /dev/full")
        #expect(json.code == 0)
        let listed = try shell("$BB list > /dev/full")
        #expect(listed.code == 2)
        #expect(listed.errors.contains("The output is not complete"))
        #expect(try shell("$BB list > /dev/full 2> /dev/full").code == 2)
        #expect(try cases() == 3)
    }

    @Test func `a reader that has gone is no failure and no crash`() throws {
        defer { #expect(throws: Never.self) { try clear() } }
        for line in [
            "$BB list", "$BB replay --automatic", "$BB --json show C01-2", "$BB --help",
            "$BB case note C01-2 Heard", "$BB verify",
        ] {
            let answer = try shell("\(line) | true")
            #expect(answer.code == 0, "\(line): \(answer.errors)")
        }
        #expect(try shell("$BB case nothing 2>&1 | true; exit ${PIPESTATUS[0]}").code == 2)
    }

    @Test func `channels that are closed from the start are never mixed up with a book's files`()
        throws
    {
        defer { #expect(throws: Never.self) { try clear() } }
        let closings = ["<&-", ">&-", "2>&-"]
        for chosen in 1..<8 {
            let closed = closings.indices.filter { chosen >> $0 & 1 == 1 }.map { closings[$0] }
                .joined(separator: " ")
            #expect(try shell("$BB case open 'Case \(chosen)' --type noise \(closed)").code == 0)
            let listed = try shell("$BB list \(closed)").code
            #expect(listed == (closed.contains(" >&-") || closed.hasPrefix(">&-") ? 2 : 0))
            #expect(try cases() == chosen + 1)
            #expect(try shell("$BB verify").code == 0)
        }
    }
}
