// SPDX-License-Identifier: MIT

extension FileRule {
    /// What Swift code and its comments do without.
    static let code = [banners, forced, hiddenTrouble, deadCode]

    private static let banners = FileRule(name: "banners", isFor: \.isSwift) { file in
        comments(file, "A comment draws a banner. Take it out.") { comment in
            let text = comment.split(separator: " ").joined(separator: " ")
            let line = text.drop { $0 == "/" }.drop { $0 == " " }
            return text.count > 3 && text.allSatisfy { "/".contains($0) }
                || line.count > 2 && line.prefix(3).allSatisfy { "=-*#~_".contains($0) }
        }
    }

    private static let forced = FileRule(name: "forced", isFor: \.isSource) { file in
        let tokens = file.swift.tokens
        return zip(tokens, tokens.dropFirst()).compactMap { first, second in
            let word = first.text + second.text
            guard ["fatalError(", "try!", "as!"].contains(word) else { return nil }
            return file.breach(first.line, "\(word) stops the program without saying what to do.")
        }
    }

    /// A default in the place of an error, or of bytes that are not there, is another state
    /// that tells nobody. No file is excepted.
    private static let hiddenTrouble = FileRule(
        name: "hidden trouble", isFor: { $0.isSwift && $0.path.hasPrefix("Sources/") }
    ) { file in
        let tokens = file.swift.tokens
        return tokens.indices.compactMap { place in
            let words = tokens[place...].prefix(4).map(\.text)
            let isHidden = words.prefix(2) == ["try", "?"] || words == ["?", "?", ".", "zero"]
            guard isHidden else { return nil }
            return file.breach(
                tokens[place].line, "Absent, broken and empty are three things: say which it is.")
        }
    }

    /// Only what no sentence looks like. A call is let be: formulas look like one.
    private static let deadCode = FileRule(name: "dead code", isFor: \.isSwift) { file in
        comments(file, "A comment holds code. Delete what is dead.") { comment in
            guard comment.hasPrefix("// ") || comment.hasPrefix("//\t") else { return false }
            let code = SwiftText(Array(comment.dropFirst(2).utf8)).tokens.map(\.text)
            return looksLikeCode(code)
        }
    }

    private static func looksLikeCode(_ words: [String]) -> Bool {
        guard let first = words.first, let last = words.last else { return false }
        let third = words.count > 2 ? words[2] : ""
        return ["let", "var"].contains(first) && [":", "="].contains(third) && words.contains("=")
            || first == "func" && ["(", "<"].contains(third)
            || first == "import" && words.count == 2
            || last == "{" || words == ["}"]
    }

    private static func comments(
        _ file: TextFile, _ sentence: String, where claim: (String) -> Bool
    ) -> [Breach] {
        file.swift.comments.enumerated().filter { claim($0.element) }
            .map { file.breach($0.offset + 1, sentence) }
    }
}
