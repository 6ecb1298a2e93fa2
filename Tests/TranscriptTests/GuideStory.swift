// SPDX-License-Identifier: MIT
import Basics
import Foundation
import Replicas
import Simulation
import Terminal
import Testing

/// Devices that do what the guides say, each in the folder that they name.
///
/// With `BEATBOOK_RECORD=1` in the environment the pages are written anew, to be read by a person
/// before they are committed; what stands beside three dots is changed by hand.
final class GuideStory {
    /// From 2026-11-21T10:00:00Z on.
    private let program = MemoryProgram(at: TestClock(1_795_255_200_000), seed: 2026)
    private(set) var pages: [String: GuidePage] = [:]
    private var played: [String: Set<Int>] = [:]

    static let isRecording = ProcessInfo.processInfo.environment["BEATBOOK_RECORD"] == "1"

    init(_ names: [String]) throws {
        for name in names { pages[name] = try GuidePage(name) }
    }

    func put(_ data: String, at path: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Data/\(data)")
        program.files.put(Array(try Data(contentsOf: file)), at: path)
    }

    /// Runs the program as it is called in a device's home folder; gives all that it prints.
    @discardableResult
    func run(_ device: String, _ words: [String], typing input: [String] = []) -> String {
        let output = MemoryOutput(terminalWidth: 80)
        let code = program.run(
            "/var/\(device)/beatbook", words, MemoryInput(input, isTerminal: false), output)
        #expect(code == .done || code == .findings, "\(words): \(output.transcript)")
        return output.transcript
    }

    func json(_ device: String, _ words: String...) throws -> JSONObject {
        try JSONObject(Data(run(device, ["--json"] + words).utf8))
    }

    /// Does as a device what a section of a page says: all of it, or some of its commands.
    @discardableResult
    func play(
        _ page: String, _ section: String, _ numbers: Int..., as device: String,
        typing input: [String] = []
    ) -> String {
        let all = steps(page).filter { $0.step.section == section }
        #expect(all.isEmpty == false, "\(page) has no section \(section)")
        var printed = ""
        for (number, found) in all.enumerated() where numbers.isEmpty || numbers.contains(number) {
            // What is shown may have moved the lines below it.
            let step = steps(page)[found.index].step
            printed = run(device, GuideStory.words(step.command), typing: input)
            played[page, default: []].insert(found.index)
            check(printed, step, page)
        }
        return printed
    }

    private func steps(_ page: String) -> [(index: Int, step: GuidePage.Step)] {
        (pages[page]?.steps ?? []).enumerated().map { ($0.offset, $0.element) }
    }

    private func check(_ printed: String, _ step: GuidePage.Step, _ page: String) {
        var lines = printed.components(separatedBy: "\n")
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard step.shown.isEmpty == false, GuidePage.matches(step.shown[...], lines[...]) == false
        else { return }
        if GuideStory.isRecording, let now = GuidePage.renewed(step.shown, lines) {
            pages[page]?.show(now, at: step.place)
        } else {
            Issue.record("In \(page), '\(step.command)' prints:\n\(lines.joined(separator: "\n"))")
        }
    }

    /// Holds the words that pages have between two texts against those that the story has.
    func expect(_ words: String, after start: String, in page: String) {
        let line = pages[page]?.lines.first { $0.contains(start) } ?? ""
        let told = line.components(separatedBy: start).last.map { rest in
            rest.prefix { $0 == " " || ("a"..."z").contains($0) }.split(separator: " ").prefix(8)
                .joined(separator: " ")
        }
        guard let told, told != words else { return }
        guard GuideStory.isRecording, told.isEmpty == false else {
            Issue.record("\(page) has the words '\(told)' and not '\(words)'.")
            return
        }
        for name in pages.keys { pages[name]?.replace(told, with: words) }
    }

    /// Every command of every page was played; writes the pages where that is asked for.
    func expectAllPlayed() throws {
        for (name, page) in pages {
            for (index, step) in page.steps.enumerated() {
                #expect(
                    played[name]?.contains(index) == true, "\(name): '\(step.command)' was not run")
            }
            if GuideStory.isRecording { try page.write() }
        }
    }

    /// A command's words as a shell gives them.
    private static func words(_ command: String) -> [String] {
        command.components(separatedBy: "\"").enumerated().flatMap { number, part in
            number.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [part]
        }
    }
}
