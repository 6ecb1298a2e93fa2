// SPDX-License-Identifier: MIT
import Basics
import Reports

/// Eight words that two people compare, as one of them typed them.
struct SpokenWords {
    /// What the words stand for.
    let bytes: [UInt8]

    /// Takes all eight or none: fewer would be too easy to hit by trying. `whose` is said when
    /// they cannot be used.
    init(_ typed: [String], of whose: String) throws(Rejection) {
        let words = typed.flatMap { $0.split(whereSeparator: \.isWhitespace) }
        guard let bytes = Words.bytes(words) else {
            let unknown = words.first { Words.bytes([$0]) == nil } ?? ""
            throw Rejection(
                "'\(unknown)' is no word that \(whose) can have.",
                advice: "The first four letters of a word are enough; ask for that one again.")
        }
        guard bytes.count == Words.count else {
            throw Rejection(
                "There are eight words of \(whose), and \(bytes.count) "
                    + "\(bytes.count == 1 ? "was" : "were") given.",
                advice: "Ask for all eight: with fewer, one could be taken for another.")
        }
        self.bytes = bytes
    }

    /// The words as said in the call, or else as asked for on the terminal.
    init(
        _ said: [String], _ session: Session, of whose: String, advice: String
    ) throws(Rejection) {
        if said.isEmpty == false {
            try self.init(said, of: whose)
            return
        }
        // Whoever mistyped one of eight words is not sent away for it.
        while let typed = session.console.ask("The eight words of \(whose):") {
            do throws(Rejection) {
                try self.init([typed], of: whose)
                return
            } catch {
                session.console.note("\(error.sentence) \(error.advice)")
            }
        }
        throw Rejection("The eight words of \(whose) were not given.", advice: advice)
    }
}
