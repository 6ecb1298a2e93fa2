// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The real program on real files, watched at its system calls.
struct TracedProgram {
    let folder: String

    static let strace = ["/usr/bin/strace", "/usr/local/bin/strace"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What was built with the tests.
    static let program = package.appending(path: ".build/debug/beatbook").path

    private static let watched = [
        "open", "openat", "write", "writev", "pwrite64", "pwritev", "fsync", "fdatasync",
        "ftruncate", "rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat",
        "unlink", "unlinkat",
    ]

    init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        folder = base.appending(path: "beatbook-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Runs a verb in a device's book. Gives what it printed and the calls that it made, in order.
    func run(_ device: String, _ words: [String]) throws -> (output: String, calls: [TracedCall]) {
        let trace = "\(folder)/trace"
        let process = Process()
        process.executableURL = URL(filePath: try #require(TracedProgram.strace))
        process.arguments =
            [
                "-f", "-y", "-qq", "-s", "0", "-o", trace, "-e",
                "trace=\(TracedProgram.watched.joined(separator: ","))", TracedProgram.program,
                "--book", "\(folder)/\(device)",
            ] + words
        process.environment = ["HOME": folder, "LC_ALL": "C.UTF-8"]
        process.currentDirectoryURL = URL(filePath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let printed = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let output = String(decoding: printed, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(words): \(output)")
        let lines = String(decoding: try Data(contentsOf: URL(filePath: trace)), as: UTF8.self)
        return (output, TracedProgram.joined(lines).compactMap { TracedCall($0) })
    }

    /// Lines of which a call of another thread came between the halves, put together.
    private static func joined(_ text: String) -> [String] {
        var begun: [Substring: String] = [:]
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            let thread = line.prefix { $0 != " " }
            if let end = line.range(of: " <unfinished ...>") {
                begun[thread] = String(line[..<end.lowerBound])
            } else if let end = line.range(of: " resumed>") {
                lines.append((begun.removeValue(forKey: thread) ?? "") + line[end.upperBound...])
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }
}
