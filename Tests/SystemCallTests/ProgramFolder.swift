// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// A new folder in which the program that was built with the tests is run.
struct ProgramFolder {
    let path: String

    private static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let program = package.appending(path: ".build/debug/beatbook").path

    /// Where the machine has a tool; nil where it is not here.
    static func tool(_ name: String) -> String? {
        ["/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        path = base.appending(path: "beatbook-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Runs a program with its arguments; gives how it ended and all that it printed.
    func call(_ words: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = ["HOME": path, "LC_ALL": "C.UTF-8"]
        process.currentDirectoryURL = URL(filePath: path)
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
