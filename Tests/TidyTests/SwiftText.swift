// SPDX-License-Identifier: MIT

/// A Swift file taken apart: its code as tokens, without strings and comments, and its comments.
struct SwiftText {
    let tokens: [Token]
    /// The comments of each line, with their slashes and stars.
    let comments: [String]

    /// A word, with the `@` or `#` before it, or any other single byte that is not a space.
    struct Token: Equatable {
        let text: String
        /// From 1.
        let line: Int
        /// Where its first byte stands in the file.
        let place: Int
    }

    init(_ bytes: [UInt8]) {
        var scanner = SwiftScanner(bytes)
        scanner.scan()
        tokens = Self.tokens(bytes, scanner.kinds)
        var comments: [[UInt8]] = [[]]
        for (byte, kind) in zip(bytes, scanner.kinds) {
            if byte == 0x0A { comments.append([]) }
            if byte != 0x0A, kind == .comment { comments[comments.count - 1].append(byte) }
        }
        self.comments = comments.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func tokens(_ bytes: [UInt8], _ kinds: [SwiftScanner.Kind]) -> [Token] {
        var tokens: [Token] = []
        var line = 1
        var place = 0
        while place < bytes.count {
            let start = place
            while place < bytes.count, kinds[place] == .code, isOfWord(bytes[place]) { place += 1 }
            if place == start { place += 1 }
            if kinds[start] == .code, !isSpace(bytes[start]) {
                let text = String(decoding: bytes[start..<place], as: UTF8.self)
                tokens.append(Token(text: text, line: line, place: start))
            }
            if bytes[start] == 0x0A { line += 1 }
        }
        return tokens
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x40, 0x23, 0x80...: true
        default: false
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }
}
