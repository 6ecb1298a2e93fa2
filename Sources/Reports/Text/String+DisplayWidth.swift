// SPDX-License-Identifier: MIT

extension String {
    /// How many columns of a terminal the text fills. Harmful characters must be gone before.
    package var displayWidth: Int {
        if utf8.allSatisfy({ $0 < 0x7F }) { return utf8.count }
        return reduce(0) { $0 + $1.displayWidth }
    }

    /// The text itself if it fits, or else as much of its beginning as fits before an ellipsis.
    package func truncated(toWidth width: Int) -> String {
        if displayWidth <= width { return self }
        if width < 1 { return "" }
        var kept = ""
        var used = 0
        for character in self {
            used += character.displayWidth
            if used > width - 1 { break }
            kept.append(character)
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }
}

extension Character {
    /// Columns a terminal gives to it: the widest of its scalars, and two where an emoji is asked
    /// for.
    package var displayWidth: Int {
        if isASCII { return 1 }
        var widest = 0
        for scalar in unicodeScalars {
            if scalar.value == 0xFE0F { return 2 }
            widest = max(widest, scalar.displayWidth)
        }
        return widest
    }
}

extension Unicode.Scalar {
    fileprivate var displayWidth: Int {
        if value < 0x300 { return 1 }
        if isWide { return 2 }
        // The vowels and finals of decomposed Hangul are drawn inside their wide initial.
        if (0x1160...0x11FF).contains(value) { return 0 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }

    private var isWide: Bool {
        if value < 0x1100 { return false }
        // The halves of a flag are no emoji presentation alone, but are drawn as one wide sign.
        if properties.isEmojiPresentation || (0x1F1E6...0x1F1FF).contains(value) { return true }
        return wideBlocks.contains { $0.contains(value) }
    }
}

/// The blocks with East Asian Width W or F (Unicode 16, UAX #11), emoji apart, in ascending order.
private let wideBlocks: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E,
    0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
]
