// SPDX-License-Identifier: MIT
import Foundation
import Testing

/// Compares what was printed with what was printed before, and says where they part.
///
/// With `BEATBOOK_RECORD=1` in the environment the file is written anew, to be read by a person
/// before it is committed.
func checkTranscript(
    _ transcript: String, named name: String, at location: SourceLocation = #_sourceLocation
) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Transcripts/\(name).txt")
    if ProcessInfo.processInfo.environment["BEATBOOK_RECORD"] == "1" {
        try transcript.write(to: file, atomically: true, encoding: .utf8)
    }
    let lines = transcript.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = try String(contentsOf: file, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
    for (number, pair) in zip(lines, expected).enumerated() where pair.0 != pair.1 {
        Issue.record(
            "Line \(number + 1) of \(name) was '\(pair.1)' and is '\(pair.0)'.",
            sourceLocation: location)
        return
    }
    #expect(lines.count == expected.count, sourceLocation: location)
}
