// SPDX-License-Identifier: MIT
import Testing

@Suite struct PagesTests {
    private func pages(_ texts: [String: String], others: [String] = []) -> Pages {
        let files = texts.map { TextFile(path: $0.key, text: $0.value) }
        return Pages(files, paths: files.map(\.path) + others)
    }

    @Test(arguments: [
        "b.md", "./b.md#two-words", "#top", "b.md#two-words-1", "../README.md", "Formats/", "..",
        "https://example.org/x", "mailto:a@example.org", "b.md \"title\"", "c%20d.svg",
    ])
    func `a link that leads somewhere is let be`(target: String) {
        let pages = pages(
            [
                "README.md": "", "Docs/README.md": "# Top\n[a](\(target))",
                "Docs/b.md": "## Two *words*\n\n## `Two` [words](b.md)\n",
                "Docs/Formats/README.md": "",
            ], others: ["Docs/c d.svg"])
        #expect(pages.broken == [])
    }

    @Test(arguments: [
        "c.md", "b.md#no", "#no", "../../x", "/Docs/b.md", "Formats/b.md", "B.md",
    ])
    func `a link that leads nowhere is found`(target: String) {
        let pages = pages([
            "Docs/README.md": "# Top\n\nSee [a](\(target)).\n", "Docs/b.md": "# B\n",
        ])
        #expect(pages.broken.map(\.path) == ["Docs/README.md"])
        #expect(pages.broken.allSatisfy { $0.line == 3 && $0.sentence.hasPrefix(target) })
    }

    @Test func `links by reference and links of pictures count, those in code do not`() {
        let text = """
            ![a](x.svg)
            [b]: y.md
            `[c](z.md)`

                [d](z.md)

            ```
            [e](z.md)
            ```
            """
        #expect(pages(["README.md": text]).broken.map(\.line) == [1, 2])
    }

    @Test func `a page that no link leads to is found, and so is what only it names`() {
        let pages = pages(
            [
                "README.md": "[a](Docs/a.md)", "Docs/README.md": "[f](Formats)", "Docs/a.md": "",
                "Docs/Formats/README.md": "[b](b.md)", "Docs/Formats/b.md": "",
                "Docs/c.md": "[d](d.svg)",
            ], others: ["Docs/d.svg", "Sources/e.swift"])
        #expect(pages.unreachable.map(\.path) == ["Docs/c.md", "Docs/d.svg"])
    }
}
