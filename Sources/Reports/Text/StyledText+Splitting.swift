// SPDX-License-Identifier: MIT

extension StyledText {
    /// The text split at its line feeds.
    package var sourceLines: [StyledText] { split(at: "\n") }

    /// The text split at its spaces, with nothing empty between several of them.
    var words: [StyledText] { split(at: " ").filter { !$0.isEmpty } }

    var leadingSpaces: Int { plain.prefix { $0 == " " }.count }

    /// Cuts between characters, so that no piece is wider than asked, one wide character excepted.
    func pieces(ofWidth width: Int) -> [StyledText] {
        var pieces: [StyledText] = []
        var runs: [Run] = []
        var filled = 0
        for run in self.runs {
            var text = ""
            for character in run.text {
                let room = character.displayWidth
                if filled > 0, filled + room > width {
                    pieces.append(StyledText(runs: runs + [Run(text: text, style: run.style)]))
                    (runs, text, filled) = ([], "", 0)
                }
                text.append(character)
                filled += room
            }
            runs.append(Run(text: text, style: run.style))
        }
        return pieces + [StyledText(runs: runs)]
    }

    /// Adds a space and another text; where both meet with one meaning they become one run.
    mutating func appendJoined(_ word: StyledText) {
        guard let last = runs.last, let first = word.runs.first else { return append(word) }
        let style = last.style == first.style ? last.style : .plain
        append(StyledText(runs: [Run(text: " ", style: style)] + word.runs))
        self = StyledText(runs: runs).merged
    }

    private var merged: StyledText {
        var result: [Run] = []
        for run in runs {
            if let last = result.last, last.style == run.style {
                result[result.count - 1].text += run.text
            } else {
                result.append(run)
            }
        }
        return StyledText(runs: result)
    }

    private func split(at separator: Unicode.Scalar) -> [StyledText] {
        var parts: [[Run]] = [[]]
        for run in runs {
            let pieces = run.text.unicodeScalars.split(
                separator: separator, omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() {
                if index > 0 { parts.append([]) }
                parts[parts.count - 1].append(Run(text: String(piece), style: run.style))
            }
        }
        return parts.map(StyledText.init(runs:))
    }
}
