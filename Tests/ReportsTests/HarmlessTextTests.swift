// SPDX-License-Identifier: MIT
import Testing

@testable import Reports

@Suite struct `Harmless text` {
    @Test(arguments: [
        ("Cliftonville West", "Cliftonville West"),
        ("\u{1B}[31mred\u{1B}[0m", #"\u{1B}[31mred\u{1B}[0m"#),
        ("one\ntwo\r\nthree\tfour", #"one\ntwo\r\nthree\tfour"#),
        ("\u{9B}2J", #"\u{9B}2J"#), ("a\u{202E}b", #"a\u{202E}b"#), ("\u{7F}\0", #"\u{7F}\u{0}"#),
        ("No\u{200B}ise", #"No\u{200B}ise"#), ("\u{E0041}", #"\u{E0041}"#),
        ("café 東京 👮🏽‍♀️", "café 東京 👮🏽‍♀️"),
    ])
    func `shows what a terminal would obey`(data: String, shown: String) {
        #expect(data.harmlessLine == shown)
    }

    @Test func `keeps line feeds where lines are meant`() {
        #expect("one\r\ntwo\n\rthree".harmlessLines == "one\ntwo\n\\rthree")
    }

    @Test func `holds nothing harmful for any character in use, and a second pass changes nothing`()
    {
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let line = String(Character(scalar)).harmlessLine
            let isChanged = line.unicodeScalars.first != scalar
            if isChanged != scalar.isHarmful || line.unicodeScalars.contains(where: \.isHarmful)
                || line.harmlessLine != line
            {
                Issue.record("U+\(String(value, radix: 16)) is shown as \(line)")
            }
        }
    }

    /// Joiners, and the marks that choose how the character before them is drawn.
    private let needed: [ClosedRange<UInt32>] = [
        0x200C...0x200D, 0xFE00...0xFE0F, 0xE0100...0xE01EF,
    ]

    @Test func `covers every control, every bidirectional mark and all that could hide a text`() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let category = scalar.properties.generalCategory
            switch category {
            case .control, .lineSeparator, .paragraphSeparator:
                if !scalar.isHarmful { Issue.record("U+\(String(value, radix: 16)) passes") }
            default:
                let isUnseen = scalar.properties.isDefaultIgnorableCodePoint
                if scalar.isHarmful { #expect(category == .format || isUnseen) }
                // What scripts and pictures need stays as it is.
                let isNeeded = needed.contains { $0.contains(value) }
                if isUnseen, isNeeded == scalar.isHarmful {
                    Issue.record("U+\(String(value, radix: 16)) passes, or is kept from passing")
                }
            }
        }
    }

    @Test func `is what interpolation makes of data, and not of literals`() {
        let note = "gate\nopen\u{1B}"
        let line: StyledText = "Noted:\n\(note, .strong), \(3) times"
        #expect(line.plain == "Noted:\ngate\\nopen\\u{1B}, 3 times")
        #expect(line.runs.map(\.style) == [.plain, .strong, .plain, .plain, .plain])
    }
}

@Suite struct `Display width` {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("東京", 4), ("한국", 4),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("👮🏽‍♀️", 2), ("🇬🇧", 2), ("❤️", 2), ("❤", 1),
        ("ﾃ", 1), ("Ａ", 2),
        ("a\u{200B}b", 2), ("…", 1), ("£5 – 6", 6),
    ])
    func `is what a terminal gives to a text`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: ["Cliftonville West", "東京 tower 東京", "e\u{301}e\u{301}e\u{301}", "🇬🇧🇬🇧"])
    func `is never more than asked after truncating`(text: String) {
        for width in 0...20 {
            let cut = text.truncated(toWidth: width)
            #expect(cut.displayWidth <= width)
            #expect((cut == text) == (text.displayWidth <= width))
            #expect(cut == text || cut.isEmpty || cut.hasSuffix("…"))
        }
    }
}
