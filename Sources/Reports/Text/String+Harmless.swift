// SPDX-License-Identifier: MIT

extension Unicode.Scalar {
    /// Whether a terminal or a reader's eye could be misled by it: C0 and C1 controls, delete,
    /// line and paragraph separators, every mark that changes the writing direction, and what no
    /// font draws and no script or picture needs, so that text could hide in it.
    package var isHarmful: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F: true
        case 0x2028...0x202E, 0x2066...0x2069: true
        case 0xAD, 0x034F, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B, 0x2060...0x2065,
            0x206A...0x206F, 0xFEFF, 0xFFF0...0xFFFB:
            true
        case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A: true
        case 0xE0000...0xE00FF, 0xE01F0...0xE0FFF: true
        default: false
        }
    }
}

extension String {
    /// One line with nothing in it that a terminal obeys: harmful characters, line ends and tabs
    /// among them, become visible escapes such as `\u{1B}` and `\n`.
    ///
    /// Text comes from other people's devices, so every line passes here before it is printed.
    /// A second pass changes nothing.
    package var harmlessLine: String { isPrintableASCII ? self : escaped(keepingLineEnds: false) }

    /// As `harmlessLine`, but line feeds stay what they are, and `CR LF` becomes one.
    package var harmlessLines: String { isPrintableASCII ? self : escaped(keepingLineEnds: true) }

    private var isPrintableASCII: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

    private func escaped(keepingLineEnds: Bool) -> String {
        var result = ""
        var scalars = unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            if keepingLineEnds, scalar == "\n" {
                result.append("\n")
            } else if keepingLineEnds, scalar == "\r", next == "\n" {
                continue
            } else if scalar.isHarmful {
                result += scalar.visibleEscape
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    fileprivate var visibleEscape: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{" + String(value, radix: 16, uppercase: true) + "}"
        }
    }
}
