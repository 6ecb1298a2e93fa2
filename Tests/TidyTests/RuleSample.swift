// SPDX-License-Identifier: MIT
import Testing

/// A file that breaks one rule, in known lines, and one that keeps it.
struct RuleSample: CustomTestStringConvertible {
    let rule: String
    let path: String
    let bad: String
    let lines: [Int]
    let good: String

    var testDescription: String { rule }

    static let all = shape + code + tests + words

    private static let swift = "Sources/Basics/Sample.swift"

    private static let shape = [
        RuleSample(
            rule: "licence", path: swift, bad: "import Basics\n", lines: [1],
            good: "// SPDX-License-Identifier: MIT\n"),
        RuleSample(
            rule: "licence", path: "Package.swift", bad: "// swift-tools-version: 6.2\n",
            lines: [2],
            good: "// swift-tools-version: 6.2\n// SPDX-License-Identifier: MIT\n"),
        RuleSample(
            rule: "length of files", path: swift, bad: String(repeating: "\n", count: 301),
            lines: [301], good: String(repeating: "\n", count: 300)),
        RuleSample(
            rule: "columns", path: swift, bad: "\n" + String(repeating: "é", count: 101),
            lines: [2], good: String(repeating: "é", count: 100)),
        RuleSample(
            rule: "length of bodies", path: swift, bad: "\n" + function(lines: 41), lines: [2],
            good: function(lines: 40)),
        RuleSample(
            rule: "spaces at the end", path: "Docs/Sample.md", bad: "a\nb \n\t\n", lines: [2, 3],
            good: "a\n\n b\n"),
    ]

    private static let code = [
        RuleSample(
            rule: "banners", path: swift, bad: "// =====\nlet a = 1\n// --- Files ---\n/////////\n",
            lines: [1, 3, 4],
            good: "/// | a |\n/// |---|\n//\n// - a point\nlet a = \"// ===\""),
        RuleSample(
            rule: "forced", path: swift,
            bad: "let a = try! b()\nlet c = d as! Int\nfatalError(\"no\")\n", lines: [1, 2, 3],
            good: "let a = try? b()\nlet c = d as? Int\nlet e = \"try! as!\"\n// try! it"),
        RuleSample(
            rule: "hidden trouble", path: "Sources/Logs/Sample.swift",
            bad: "let a = try? b()\nlet c = (try? d()) ?? []\nlet e = f ?? .zero\n",
            lines: [1, 2, 3],
            good: "let a = try b()\nlet c = d ?? e\n// try? f() ?? .zero\n"),
        RuleSample(
            rule: "dead code", path: swift,
            bad:
                "// let a = 1\n// var b: Int = 2\n// if a {\n// }\n// import Basics\n// func a()\n",
            lines: [1, 2, 3, 4, 5, 6],
            good: "// let it be\n// h(1) = H(h(0))\n/// let a = 1\n// import of all (slow)\n"),
        RuleSample(
            rule: "imports", path: "Sources/Logs/Sample.swift",
            bad: "import Events\npackage import struct Foundation.Data\n@testable import Syncing\n",
            lines: [1, 2, 3],
            good: "import Basics\n#if canImport(Glibc)\nimport Glibc\n#endif\n// import Events\n"),
        RuleSample(
            rule: "head of a script", path: "scripts/sample",
            bad: "#!/bin/sh\necho\n", lines: [1, 1, 2, 2],
            good: "#!/usr/bin/env bash\n# Says hello. Usage: scripts/sample\nset -eu\necho\n"),
    ]

    private static let tests = [
        RuleSample(
            rule: "tests can fail", path: "Tests/BasicsTests/Sample.swift",
            bad: "@Test func `says #expect(`() {\n    _ = 1 // #expect(true)\n}\n"
                + "@Test(arguments: [1]) func b(a: Int) async {\n    print(\"#expect\")\n}\n",
            lines: [1, 4],
            good:
                "@Test func a() { #expect(b) }\n@Test(arguments: [{ 1 }]) func b(a: Int) throws {\n"
                + "    try checkAll(a)\n}\n"),
        RuleSample(
            rule: "tests are on", path: "Tests/BasicsTests/Sample.swift",
            bad: "@Test(.disabled(\"slow\")) func a() {}\nwithKnownIssue { b() }\n", lines: [1, 2],
            good: "let disabled = 1\n"),
    ]

    private static let words = [
        RuleSample(
            rule: "left over", path: swift,
            bad: "let a = 1 // TODO: b\n/* \nFIXME */\n// MARK: - C\n",
            lines: [1, 3, 4], good: "// A mark, to do.\nlet a = \"TODO\"\n"),
        RuleSample(
            rule: "paths of a machine", path: "Docs/Sample.md",
            bad: "a\nSee " + ["", "work", "main"].joined(separator: "/") + ".\n", lines: [2],
            good: "See ../work in the folder work/main.\n"),
    ]

    private static func function(lines: Int) -> String {
        "func a() {\n" + String(repeating: "    b()\n", count: lines) + "}\n"
    }
}
