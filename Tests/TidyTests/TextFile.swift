// SPDX-License-Identifier: MIT

/// A text file of the package.
struct TextFile {
    /// From the root of the package, with slashes: `Sources/Basics/Words.swift`.
    let path: String
    let isExecutable: Bool
    /// Without their line ends.
    let lines: [String]
    /// What the file says as Swift, or nothing where its name does not end in `.swift`.
    let swift: SwiftText

    init(path: String, text: String, isExecutable: Bool = false) {
        self.path = path
        self.isExecutable = isExecutable
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
        swift = SwiftText(path.hasSuffix(".swift") ? Array(text.utf8) : [])
    }

    var whole: String { lines.joined(separator: "\n") }
    var isSwift: Bool { path.hasSuffix(".swift") }
    var isC: Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }
    var isScript: Bool { path.hasPrefix("scripts/") || path.hasPrefix(".ci/") }
    var isPage: Bool { path.hasSuffix(".md") }
    var isSource: Bool { path.hasPrefix("Sources/") }
    var isTest: Bool { path.hasPrefix("Tests/") }

    /// A breach in each line, numbered from 1, for which the claim holds.
    func breaches(_ sentence: String, where claim: (String) -> Bool) -> [Breach] {
        lines.enumerated().filter { claim($0.element) }
            .map { Breach(path: path, line: $0.offset + 1, sentence: sentence) }
    }

    func breach(_ line: Int, _ sentence: String) -> Breach {
        Breach(path: path, line: line, sentence: sentence)
    }
}
