// SPDX-License-Identifier: MIT
import Basics
import Events
import Foundation
import Logs
import Projections
import Queries
import Scenarios
import Testing

/// What 200 random partnerships come to, against the second reader: a program in Python that works
/// out the state from the pages of the formats alone.
@Suite struct SecondReaderTests {
    private static let seeds: Range<UInt64> = 0..<200
    private static let reader =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Vectors/vectors.py").path

    @Test func `two programs that share the pages alone come to one state`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "beatbook-\(UUID().uuidString)")
        var tried: [RandomStory.Attempt: Int] = [:]
        var told: [String: Int] = [:]
        for seed in SecondReaderTests.seeds {
            let story = RandomStory(seed: seed, vocabulary: SecondReaderTests.vocabulary(seed))
            tried.merge(story.tried, uniquingKeysWith: +)
            for line in try write(story, seed, to: folder.appending(path: "\(seed)")) {
                told[SecondReaderTests.gist(line), default: 0] += 1
            }
        }
        expectAll(tried, told)
        let (code, output) = try read(folder)
        // Books on which the two differ stay, to be looked at.
        #expect(code == 0, "\(folder.path): \(output.prefix(6_000))")
        let total = try #require(output.firstMatch(of: /(\d+) books, (\d+) lines, 0 differences/))
        #expect(Int(total.1) == SecondReaderTests.seeds.count)
        #expect(try #require(Int(total.2)) > 15_000)
        #expect(output.contains("0 of them are not noticed"))
        if code == 0 { try FileManager.default.removeItem(at: folder) }
    }

    private static func vocabulary(_ seed: UInt64) -> Vocabulary {
        [.clashes, .whole, .current][Int(seed % 3)]
    }

    private static func countsUnsealed(_ seed: UInt64) -> Bool { seed % 5 < 2 }

    /// Writes a book's logs, its vocabulary, and what this program makes of it.
    private func write(
        _ story: RandomStory, _ seed: UInt64, to folder: URL
    ) throws -> [String] {
        let countsUnsealed = SecondReaderTests.countsUnsealed(seed)
        let shelf = try Shelf(
            story.scenario, comparesItself: seed.isMultiple(of: 10),
            countsUnsealed: countsUnsealed)
        // What comes in two goes has entries that waited.
        for places in [story.someOfEach(), story.someOfEach()] { try shelf.take(places) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for source in shelf.sources {
            let bytes = Data(try source.view().bytes)
            try bytes.write(to: folder.appending(path: "\(source.identity.id.hex).log"))
        }
        try Data(story.scenario.vocabulary.canonical.encoded)
            .write(to: folder.appending(path: "vocabulary"))
        let lines = try BookLines(try shelf.book()).all()
        let head = [
            story.scenario.partnership.hex, countsUnsealed ? "counts unsealed" : "counts sealed",
        ]
        try Data(((head + lines).joined(separator: "\n") + "\n").utf8)
            .write(to: folder.appending(path: "state.txt"))
        return lines
    }

    private func read(_ folder: URL) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", SecondReaderTests.reader, "state", "--spoil", folder.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

extension SecondReaderTests {
    /// What a line is about, and of some lines what it says, without ids.
    private static func gist(_ line: String) -> String {
        let words = line.split(separator: " ").map(String.init)
        return switch words[0] {
        case "waits", "aside": "\(words[0]) \(words[words.count - 1])"
        case "conflict":
            words[4].hasPrefix("=") ? "conflict values" : words[4] == "set" ? "contested" : "part"
        case "epoch": "epoch \(words[4])"
        case "words", "writes": "\(words[0]) \(words[1] == "none" ? "none" : "some")"
        case "status": "status " + words.dropFirst(3).joined(separator: " ")
        default: words[0]
        }
    }

    /// Nothing that the pages speak of may be missing from the books: the comparison would hold
    /// without having compared it.
    private func expectAll(_ tried: [RandomStory.Attempt: Int], _ told: [String: Int]) {
        let attempts: [RandomStory.Attempt] =
            [
                .record, .write, .receipt, .number, .enrolment, .later, .start, .until, .cut,
                .reinstatement, .renewal, .epoch, .sharing, .malformedAct, .exception,
                .unknownKind, .strange, .wrongClock, .furtherLog, .ownEntryThatIsNone, .sealed,
                .access,
                .quarrel, .stepBack, .mendedApart, .shutUnseen, .openedInVain, .repeatedTwice,
                .unasked, .repeated,
                .partlyRepeated,
            ] + Scenario.Oddity.allCases.map { .oddity($0) }
        for attempt in attempts {
            #expect(tried[attempt, default: 0] >= 10, "\(attempt)")
        }
        let gists =
            SetAside.allCases.map { "aside \($0.rawValue)" } + [
                "waits record", "waits body", "conflict values", "contested", "part", "epoch fit",
                "epoch unfit", "words none", "words some", "writes none", "writes some", "former",
                "cut", "record", "status open open, shutting disputed", "status closed shut",
            ]
        for gist in gists { #expect(told[gist, default: 0] >= 5, "\(gist)") }
    }
}
