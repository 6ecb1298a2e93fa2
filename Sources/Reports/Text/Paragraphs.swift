// SPDX-License-Identifier: MIT

/// How prose is laid out in lines of a width.
///
/// Every line feed in the text is kept, an empty line parts paragraphs, and the spaces a line
/// begins with indent all the lines that it is wrapped into.
package struct Paragraphs: Sendable {
    /// Columns of the terminal, to the edge.
    package var width: Int
    /// Columns left free before the first line of all.
    package var firstIndent = 0
    /// Columns left free before every other line.
    package var indent = 0
    /// Whether a word wider than a line is cut; otherwise it stands out over the edge, whole.
    package var cutsLongWords = false

    /// A layout; `indent` is for all lines but the first.
    package init(width: Int, firstIndent: Int = 0, indent: Int = 0, cutsLongWords: Bool = false) {
        self.width = width
        self.firstIndent = firstIndent
        self.indent = indent
        self.cutsLongWords = cutsLongWords
    }

    /// The text in lines of at most `width` columns, with no space at their ends.
    package func wrap(_ text: StyledText) -> [StyledText] {
        var lines: [StyledText] = []
        for source in text.sourceLines {
            let words = source.words
            let own = source.leadingSpaces
            var line = WrappedLine(margin: margin(lines.count) + own)
            for word in cut(words, toWidth: width - indent - own) {
                if !line.isEmpty, line.width + 1 + word.displayWidth > width {
                    lines.append(line.text)
                    line = WrappedLine(margin: margin(lines.count) + own)
                }
                line.append(word)
            }
            lines.append(line.text)
        }
        return lines
    }

    /// Prose without meanings, made harmless, in lines of at most `width` columns.
    package func wrap(_ text: String) -> [String] {
        wrap(StyledText(lines: text)).map(\.plain)
    }

    private func margin(_ lineIndex: Int) -> Int { lineIndex == 0 ? firstIndent : indent }

    private func cut(_ words: [StyledText], toWidth room: Int) -> [StyledText] {
        guard cutsLongWords else { return words }
        return words.flatMap { $0.displayWidth > room ? $0.pieces(ofWidth: max(room, 1)) : [$0] }
    }
}

/// The line that is being filled.
private struct WrappedLine {
    let margin: Int
    private var words: [StyledText] = []
    private var filled = 0

    init(margin: Int) {
        self.margin = margin
    }

    var isEmpty: Bool { words.isEmpty }
    var width: Int { margin + filled }

    mutating func append(_ word: StyledText) {
        filled += word.displayWidth + (words.isEmpty ? 0 : 1)
        words.append(word)
    }

    var text: StyledText {
        guard var result = words.first else { return StyledText(runs: []) }
        for word in words.dropFirst() { result.appendJoined(word) }
        return StyledText.spaces(margin) + result
    }
}
