// SPDX-License-Identifier: MIT
import Foundation

let usage = """
    Measures beatbook on generated books, beside what the machine can do by itself.
    Usage: beatbook-bench [--quick | --small] [--keep] [--json FILE] [--program FILE] [--in FOLDER]
    --quick measures books of 10,000 and 1,000,000 events, --small of 10,000 alone.
    """

/// What the words ask for.
struct Command {
    var sizes = [10_000, 1_000_000]
    var keeps = false
    var json: String?
    var program = Command.beside("beatbook")
    var folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)

    /// A program in the folder of this one.
    static func beside(_ name: String) -> String {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: name).path(percentEncoded: false)
    }

    init?(_ words: [String]) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--quick": sizes = [10_000, 1_000_000]
            case "--small": sizes = [10_000]
            case "--keep": keeps = true
            case "--json", "--program", "--in":
                guard let value = rest.popFirst() else { return nil }
                if word == "--json" { json = value }
                if word == "--program" { program = value }
                if word == "--in" { folder = value }
            default: return nil
            }
        }
    }
}

func measure(_ events: Int, in folder: String, _ program: Program) throws -> [Report] {
    let bench = try BookBench(
        events: events, in: folder, program: program,
        generator: Program(path: Command.beside("beatbook-generate")))
    let references = try References(in: folder, reading: bench.logs)
    let logBytes = bench.logBytes
    var report = Report(
        title: "A book of \(events) events from 50 devices",
        figures: try bench.figures(references))
    report.sizes = [
        .init(
            name: "bytes of logs an event", bytes: logBytes / events,
            bound: events >= 1_000_000 ? 230 : nil),
        .init(name: "bytes of the index", bytes: bench.indexBytes),
    ]
    if events >= 1_000_000, let rebuild = report.figures.first {
        report.sizes.append(
            .init(name: "peak of a rebuild", bytes: rebuild.peakBytes, bound: 500 << 20))
    }
    return [Report(title: "References", figures: references.all), report]
}

guard let wish = Command(Array(CommandLine.arguments.dropFirst())) else {
    print(usage)
    exit(2)
}
let folder = "\(wish.folder)/beatbook-bench-\(ProcessInfo.processInfo.processIdentifier)"
var reports: [Report] = []
for events in wish.sizes {
    let part = "\(folder)/\(events)"
    try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
    let measured = try measure(events, in: part, Program(path: wish.program))
    for report in measured { print(report.table, terminator: "\n\n") }
    reports += measured
    if wish.keeps == false { try FileManager.default.removeItem(atPath: part) }
}
if wish.keeps {
    print("The books are in \(folder).")
} else {
    try FileManager.default.removeItem(atPath: folder)
}
if let path = wish.json {
    let bytes = try JSONSerialization.data(
        withJSONObject: reports.map(\.json), options: [.prettyPrinted, .sortedKeys])
    try bytes.write(to: URL(filePath: path))
}
