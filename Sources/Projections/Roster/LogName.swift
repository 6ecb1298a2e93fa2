// SPDX-License-Identifier: MIT
package import Basics

/// What the log of a device is called, and what else means it.
package struct LogName: Hashable, Sendable {
    /// As people are shown it: `W07`, `W07b`, or `W07~k3` where the word is not this log's alone.
    package let shown: String
    /// In the normal form: the words that were ever this log's.
    package let words: [String]
    /// In the normal form: the call signs that a suffix of the log's own id may stand behind.
    package let signs: [String]
    /// Those of the words that are another log's too, though that one may not be here.
    package let sharedWords: [String]

    package init(
        shown: String, words: [String], signs: [String], sharedWords: [String] = []
    ) {
        self.shown = shown
        self.words = words
        self.signs = signs
        self.sharedWords = sharedWords
    }

    /// What a device reads its own log as before it is let in.
    static let waiting = "new"
    /// What a log that was signed with recovery words is called.
    static let recovery = "recovery"
    /// Between a call sign and the beginning of a log's id.
    package static let mark: Character = "~"
    package static let shortestSuffix = 2

    /// The one form in which call signs are compared; nil for what cannot be one.
    package static func normal(_ sign: String) -> String? {
        let isSign = sign.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard isSign, (1...12).contains(sign.utf8.count) else { return nil }
        let folded = sign.lowercased()
        return folded == waiting || folded == recovery ? nil : folded
    }

    /// What a log or a branch is known by, as suffixes are cut from it.
    package static func digits(of id: Bytes16) -> String { Base32.text(id.array) }

    /// Whether a word means this log, or the branch, of that id: alone, or with others.
    package func isMeant(by word: String, _ id: Bytes16) -> Bool {
        let parts = word.lowercased().split(
            separator: LogName.mark, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return words.contains(String(parts[0])) }
        return parts[1].utf8.count >= LogName.shortestSuffix && signs.contains(String(parts[0]))
            && LogName.digits(of: id).hasPrefix(parts[1])
    }
}
