// SPDX-License-Identifier: MIT
import Testing

@testable import Reports

@Suite struct `Wrapped prose` {
    @Test func `are wrapped at spaces`() {
        let layout = Paragraphs(width: 20, firstIndent: 0, indent: 4)
        #expect(
            layout.wrap("Wardens log what they see on the beat.\n\n  - with no network at all") == [
                "Wardens log what", "    they see on the", "    beat.", "",
                "      - with no", "      network at all",
            ])
    }

    @Test func `fit every width and keep every word in its order`() {
        let text = "Hot spot 東京 at Cliftonville-West-Promenade was quiet ❤️ tonight"
        for width in 2...80 {
            let lines = Paragraphs(width: width, cutsLongWords: true).wrap(text)
            #expect(lines.allSatisfy { $0.displayWidth <= width && !$0.hasSuffix(" ") })
            let letters = lines.joined().filter { $0 != " " }
            #expect(letters == text.filter { $0 != " " })
            let whole = Paragraphs(width: width).wrap(text)
            #expect(whole.joined(separator: " ") == text)
        }
    }

    @Test func `keep the meaning of each piece`() {
        let reference = "W07-15"
        let lines = Paragraphs(width: 12).wrap("Opened \(reference, .reference) today.")
        #expect(lines.map(\.plain) == ["Opened", "W07-15", "today."])
        #expect(lines[1].runs.map(\.style) == [.reference])
    }
}

@Suite struct `A labelled list` {
    private let items: [LabelledList.Item] = [
        .init("Title", "Noise at night in the high street"), .init("Risk", "high"),
        .init("A label that is wide", "below it"), .init("Empty", ""),
    ]

    @Test func `aligns its texts and gives a wide label a line of its own`() {
        let lines = LabelledList(width: 32, indent: 2, widestLabel: 8).lines(items)
        #expect(
            lines.map(\.plain) == [
                "  Title  Noise at night in the", "         high street", "  Risk   high",
                "  A label that is wide", "         below it", "  Empty",
            ])
    }

    @Test func `says everything at any width`() {
        for width in 0...60 {
            let plain = LabelledList(width: width).lines(items).map(\.plain)
            let words = plain.joined(separator: " ").split(separator: " ")
            #expect(words.count == 18)
        }
    }
}
