// SPDX-License-Identifier: MIT

extension SwiftText {
    /// What stands between the braces of a function, initialiser, subscript or computed property.
    struct Body {
        /// The line of the word `func`, `init`, `deinit`, `subscript` or `var`.
        let line: Int
        /// Where that word stands among the tokens.
        let keyword: Int
        let tokens: ArraySlice<Token>
        /// The lines between those of its braces.
        let lineCount: Int
    }

    /// All bodies, in the order of their first words; those inside others too.
    var bodies: [Body] {
        tokens.indices.compactMap { body(of: $0) }
    }

    private func body(of keyword: Int) -> Body? {
        guard Self.bodyKeywords.contains(tokens[keyword].text),
            keyword == 0 || tokens[keyword - 1].text != ".",
            let open = openingBrace(after: keyword),
            let close = closingBrace(of: open)
        else { return nil }
        return Body(
            line: tokens[keyword].line, keyword: keyword, tokens: tokens[(open + 1)..<close],
            lineCount: max(tokens[close].line - tokens[open].line - 1, 0))
    }

    /// Nil for a requirement of a protocol, a stored property or a pattern.
    private func openingBrace(after keyword: Int) -> Int? {
        let isProperty = tokens[keyword].text == "var"
        var depth = 0
        for place in tokens.indices.dropFirst(keyword + 1) {
            let token = tokens[place]
            if isProperty, depth == 0, token.line != tokens[place - 1].line { return nil }
            switch token.text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return place
            case "=" where isProperty && depth == 0: return nil
            case "}" where depth == 0: return nil
            case let word where depth == 0 && Self.declarations.contains(word): return nil
            default: break
            }
            if depth < 0 { return nil }
        }
        return nil
    }

    private func closingBrace(of open: Int) -> Int? {
        var depth = 0
        for place in tokens.indices.dropFirst(open) {
            if tokens[place].text == "{" { depth += 1 }
            if tokens[place].text == "}" { depth -= 1 }
            if depth == 0 { return place }
        }
        return nil
    }

    private static let bodyKeywords: Set = ["func", "init", "deinit", "subscript", "var"]
    private static let declarations: Set = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "associatedtype", "typealias",
        "struct", "enum", "class", "actor", "extension", "protocol", "import",
    ]
}
