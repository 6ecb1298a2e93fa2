// SPDX-License-Identifier: MIT
import Foundation

/// The commands of a guide, each with what it prints, as its page has them.
///
/// A command stands in an indented block behind `$ beatbook`. The lines under it are what it
/// prints; a line of three dots stands for any lines. Where there are none, nothing is said of it.
struct GuidePage {
    struct Step {
        let section: String
        let command: String
        let shown: [String]
        /// Of what is shown, in the page's lines.
        let place: Range<Int>
    }

    let name: String
    private(set) var lines: [String]

    init(_ name: String) throws {
        self.name = name
        let text = try String(contentsOf: GuidePage.file(name), encoding: .utf8)
        lines = text.components(separatedBy: "\n")
    }

    var steps: [Step] {
        var steps: [Step] = []
        var section = ""
        var number = 0
        while number < lines.count {
            let line = lines[number]
            number += 1
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard line.hasPrefix(GuidePage.prompt) else { continue }
            let start = number
            while number < lines.count, isShown(lines[number]) { number += 1 }
            while number > start, lines[number - 1].isEmpty { number -= 1 }
            steps.append(
                Step(
                    section: section, command: String(line.dropFirst(GuidePage.prompt.count)),
                    shown: lines[start..<number].map { String($0.dropFirst(4)) },
                    place: start..<number))
        }
        return steps
    }

    private func isShown(_ line: String) -> Bool {
        line.isEmpty || (line.hasPrefix("    ") && line.hasPrefix(GuidePage.prompt) == false)
    }

    /// Puts what is printed now in the place of what the page shows.
    mutating func show(_ printed: [String], at place: Range<Int>) {
        lines.replaceSubrange(place, with: printed.map { $0.isEmpty ? "" : "    \($0)" })
    }

    /// Puts other words in the place of some wherever they stand.
    mutating func replace(_ old: String, with new: String) {
        lines = lines.map { $0.replacing(old, with: new) }
    }

    func write() throws {
        try lines.joined(separator: "\n")
            .write(to: GuidePage.file(name), atomically: true, encoding: .utf8)
    }

    /// Whether printed lines are those shown, where three dots stand for any.
    static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
        guard let first = shown.first else { return printed.isEmpty }
        let rest = shown.dropFirst()
        if isDots(first) {
            return (printed.startIndex...printed.endIndex).contains { start in
                matches(rest, printed[start...])
            }
        }
        return printed.first == first && matches(rest, printed.dropFirst())
    }

    /// As many lines as are shown now, of what is printed; nil if it cannot be told which.
    static func renewed(_ shown: [String], _ printed: [String]) -> [String]? {
        switch shown.count(where: isDots) {
        case 0: printed
        case 1 where shown.first.map(isDots) == true: ["..."] + printed.suffix(shown.count - 1)
        default: nil
        }
    }

    private static func isDots(_ line: String) -> Bool {
        line.trimmingCharacters(in: .whitespaces) == "..."
    }

    private static let prompt = "    $ beatbook "

    private static func file(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Docs/Guides/\(name).md")
    }
}
