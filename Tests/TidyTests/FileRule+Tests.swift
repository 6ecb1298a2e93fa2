// SPDX-License-Identifier: MIT

extension FileRule {
    /// A test without a claim is a defect: it cannot fail.
    static let testsCanFail = FileRule(name: "tests can fail", isFor: \.isTest) { file in
        let bodies = file.swift.bodies
        return file.swift.tokens.indices.compactMap { place in
            guard file.swift.tokens[place].text == "@Test" else { return nil }
            let body = bodies.first {
                $0.keyword > place && file.swift.tokens[$0.keyword].text == "func"
            }
            guard let body, !isClaiming(body) else { return nil }
            return file.breach(
                body.line,
                "The test has no #expect or #require, and calls no expect..., "
                    + "require... or check... that has one.")
        }
    }

    static let testsAreOn = FileRule(name: "tests are on", isFor: \.isTest) { file in
        let switches: Set = ["disabled", "XCTSkip", "withKnownIssue"]
        return zip(file.swift.tokens, file.swift.tokens.dropFirst()).compactMap { word, next in
            guard switches.contains(word.text), "({".contains(next.text) else { return nil }
            return file.breach(word.line, "The test is switched off. Mend it or delete it.")
        }
    }

    private static func isClaiming(_ body: SwiftText.Body) -> Bool {
        body.tokens.contains { token in
            let word = token.text.drop { $0 == "#" }.lowercased()
            return ["expect", "require", "check", "confirm", "issue"].contains(
                where: word.hasPrefix)
        }
    }
}
