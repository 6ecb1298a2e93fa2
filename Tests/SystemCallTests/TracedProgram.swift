// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// The real program on real files, watched at its system calls.
struct TracedProgram {
    private let place: ProgramFolder

    static let strace = ProgramFolder.tool("strace")

    private static let watched = [
        "open", "openat", "write", "writev", "pwrite64", "pwritev", "fsync", "fdatasync",
        "ftruncate", "rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat",
        "unlink", "unlinkat",
    ]

    init() throws { place = try ProgramFolder() }

    func remove() { place.remove() }

    var folder: String { place.path }

    /// Runs a verb in a device's book. Gives what it printed and the calls that it made, in order.
    func run(_ device: String, _ words: [String]) throws -> (output: String, calls: [TracedCall]) {
        let trace = "\(folder)/trace"
        let (status, output) = try place.call(
            [
                try #require(TracedProgram.strace), "-f", "-y", "-qq", "-s", "0", "-o", trace, "-e",
                "trace=\(TracedProgram.watched.joined(separator: ","))", ProgramFolder.program,
                "--book", "\(folder)/\(device)",
            ] + words)
        #expect(status == 0, "\(words): \(output)")
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
