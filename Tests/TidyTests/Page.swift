// SPDX-License-Identifier: MIT

/// A page of the documentation: where it can be linked to, and what it links to.
struct Page {
    struct Link: Equatable {
        let target: String
        /// From 1.
        let line: Int
    }

    private(set) var links: [Link] = []
    /// The anchors of its headings, as they stand after the `#` of a link.
    private(set) var anchors: Set<String> = []

    init(_ lines: [String]) {
        var isFenced = false
        var isIndented = false
        var isAfterBlank = true
        for (place, line) in lines.enumerated() {
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
                continue
            }
            isIndented = line.hasPrefix("    ") && (isIndented || isAfterBlank)
            isAfterBlank = line.allSatisfy(\.isWhitespace)
            if !isFenced, !isIndented { read(line, number: place + 1) }
        }
    }

    private mutating func read(_ line: String, number: Int) {
        if let heading = line.prefixMatch(of: #/#{1,6} +(?<text>.+)/#) {
            anchors.insert(unused(Self.anchor(String(heading.text))))
        }
        let prose = line.replacing(#/`[^`]*`/#, with: "")
        let inline = prose.matches(of: #/\]\((?<target>[^)\s]*)[^)]*\)/#).map(\.target)
        let reference = prose.prefixMatch(of: #/\[[^\]]+\]:\s+(?<target>\S+)/#)?.target
        links += (inline + [reference].compactMap(\.self)).map { target in
            Link(target: String(target), line: number)
        }
    }

    /// A heading that occurs again gets a number behind it.
    private func unused(_ anchor: String) -> String {
        guard anchors.contains(anchor) else { return anchor }
        return (1...).lazy.map { "\(anchor)-\($0)" }.first { !anchors.contains($0) } ?? anchor
    }

    /// Small letters, digits, underscores and hyphens; spaces become hyphens.
    private static func anchor(_ heading: String) -> String {
        let text = heading.replacing(#/\[(?<text>[^\]]*)\]\([^)]*\)/#) { $0.text }
        let kept = text.lowercased().filter {
            $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_"
        }
        return String(kept.map { $0 == " " ? "-" : $0 })
    }
}
