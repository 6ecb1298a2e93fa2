// SPDX-License-Identifier: MIT
import Basics
import Reports

/// Recovery words as somebody types them from their paper.
struct WrittenWords {
    let secret: RecoverySecret

    /// Asks for them on the terminal, on as many lines as it takes; where there is none, reads them
    /// from the standard input, so that they stand in no command line.
    init(_ session: Session) throws(Rejection) {
        var bytes: [UInt8] = []
        while bytes.count < RecoverySecret.wordCount, let line = Self.line(session, bytes.count) {
            let typed = line.split(whereSeparator: \.isWhitespace)
            guard let more = Words.bytes(typed) else {
                let unknown = typed.first { Words.bytes([$0]) == nil } ?? ""
                guard session.console.canAsk else { throw Self.unknown(String(unknown)) }
                session.console.note(
                    "'\(String(unknown))' is none of the words; type that line again.")
                continue
            }
            bytes += more
        }
        guard let secret = RecoverySecret(bytes) else {
            throw Rejection(
                bytes.count == RecoverySecret.wordCount
                    ? "One of these words is not as on the paper, or two are in another order."
                    : "There are 24 recovery words, and \(bytes.count) were given.",
                advice: "Nothing was made; read them again in the order of their numbers.")
        }
        self.secret = secret
    }

    private static func line(_ session: Session, _ count: Int) -> String? {
        guard session.console.canAsk else { return session.console.input.nextLine() }
        return session.console.ask("Word \(count + 1) and those after it:")
    }

    private static func unknown(_ word: String) -> Rejection {
        Rejection(
            "'\(word)' is none of the words that a paper can have; nothing was made.",
            advice: "The first four letters of a word are enough.")
    }
}
