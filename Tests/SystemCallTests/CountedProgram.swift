// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The real program on real files, whose instructions are counted.
struct CountedProgram {
    let folder: String

    static let isHere = valgrind != nil && strip != nil

    private static let valgrind = tool("valgrind")
    private static let strip = tool("strip")

    private static func tool(_ name: String) -> String? {
        ["/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        folder = base.appending(path: "beatbook-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Runs a verb in the book of this folder, uncounted.
    func run(_ words: [String]) throws {
        let (status, output) = try call([TracedProgram.program, "--book", book] + words)
        #expect(status == 0, "\(words.prefix(3)): \(output)")
    }

    var book: String { "\(folder)/book" }
    var exchange: String { "\(folder)/exchange" }

    /// How many instructions a verb takes; it may refuse, and must not break down.
    func count(_ words: [String]) throws -> Double {
        let report = "\(folder)/report"
        let (_, output) = try call(
            [
                try #require(CountedProgram.valgrind), "--tool=cachegrind", "--cache-sim=no",
                "--cachegrind-out-file=/dev/null", "--log-file=\(report)",
                try CountedProgram.stripped.get(), "--book", book,
            ] + words)
        if ProcessInfo.processInfo.environment["BEATBOOK_COSTS"] == "1" { print(output) }
        let text = String(decoding: try Data(contentsOf: URL(filePath: report)), as: UTF8.self)
        let found = text.firstMatch(of: /I\s+refs:\s+([0-9,]+)/)?.output.1
        return try #require(
            found.flatMap { Double($0.replacing(",", with: "")) }, "\(text)\n\(output)")
    }

    /// Without what a debugger reads, over which valgrind stumbles.
    private static let stripped = Result {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "beatbook-counted-\(ProcessInfo.processInfo.processIdentifier)").path
        let process = Process()
        process.executableURL = URL(filePath: try #require(strip))
        process.arguments = ["-g", "-o", path, TracedProgram.program]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return path
    }

    private func call(_ words: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = ["HOME": folder, "LC_ALL": "C.UTF-8"]
        process.currentDirectoryURL = URL(filePath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let printed = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let output = String(decoding: printed, as: UTF8.self)
        #expect(process.terminationReason == .exit, "\(words.prefix(6)): \(output)")
        return (process.terminationStatus, output)
    }
}
