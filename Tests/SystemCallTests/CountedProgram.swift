// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The real program on real files, whose instructions are counted.
struct CountedProgram {
    private let place: ProgramFolder

    static let isHere = valgrind != nil && strip != nil

    private static let valgrind = ProgramFolder.tool("valgrind")
    private static let strip = ProgramFolder.tool("strip")

    init() throws { place = try ProgramFolder() }

    func remove() { place.remove() }

    var folder: String { place.path }

    /// Runs a verb in the book of this folder, uncounted.
    func run(_ words: [String]) throws {
        let (status, output) = try place.call([ProgramFolder.program, "--book", book] + words)
        #expect(status == 0, "\(words.prefix(3)): \(output)")
    }

    var book: String { "\(folder)/book" }
    var exchange: String { "\(folder)/exchange" }

    /// How many instructions a verb takes; it may refuse, and must not break down.
    func count(_ words: [String]) throws -> Double {
        let report = "\(folder)/report"
        let (_, output) = try place.call(
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
        process.arguments = ["-g", "-o", path, ProgramFolder.program]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return path
    }
}
