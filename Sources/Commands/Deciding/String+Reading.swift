// SPDX-License-Identifier: MIT

extension String {
    /// Without spaces, tabs and line ends at either end.
    package var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        guard let start = firstIndex(where: { isSpace($0) == false }),
            let last = lastIndex(where: { isSpace($0) == false })
        else { return "" }
        return String(self[start...last])
    }

    /// A to Z as a to z; all else as it is.
    var lowercasedASCII: String {
        String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    /// With an ordinary space for each of the spaces that look like one: no-break spaces and those
    /// of other widths, which pasted text is full of.
    var withPlainSpaces: String {
        guard utf8.contains(where: { $0 >= 0x80 }) else { return self }
        var plain = UnicodeScalarView()
        for scalar in unicodeScalars {
            plain.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        return String(plain)
    }

    /// Whether a reader sees anything at all: a letter, a figure, a mark of punctuation, a symbol.
    var showsSomething: Bool { unicodeScalars.contains(where: \.isVisible) }
}

extension Unicode.Scalar {
    fileprivate var isVisible: Bool {
        // Letters and symbols by their category that no font draws.
        if properties.isDefaultIgnorableCodePoint || self == "\u{2800}" { return false }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .spaceSeparator, .lineSeparator,
            .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
            return false
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation,
            .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
            .privateUse:
            return true
        @unknown default: return false
        }
    }
}
