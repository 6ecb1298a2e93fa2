// SPDX-License-Identifier: MIT
package import Reports

extension Console {
    private static let attempts = 3

    /// Whether somebody is there to answer.
    package var canAsk: Bool { input.isTerminal && output.isTerminal(.errors) }

    /// Asks for one line; nil where nobody can be asked or the answer was the end of the input.
    package func ask(_ question: StyledText) -> String? {
        guard canAsk else { return nil }
        flush()
        send(rendered(question + " ", for: .errors), to: .errors)
        guard let line = input.nextLine() else {
            // The end of the input leaves the cursor behind the question.
            send(Array("\n".utf8), to: .errors)
            return nil
        }
        return line
    }

    /// Asks a yes or no question; nil where nobody can be asked, and the call must say it instead.
    ///
    /// Enter alone takes the preferred answer. The end of the input and three answers that are
    /// neither mean no.
    package func confirm(_ question: StyledText, preferring preferred: Bool = false) -> Bool? {
        guard canAsk else { return nil }
        let choices: StyledText = preferred ? "[Y/n]" : "[y/N]"
        for _ in 0..<Console.attempts {
            guard let answer = ask(question + " " + choices) else { break }
            switch answer.trimmedSpaces.lowercased() {
            case "": return preferred
            case "y", "yes": return true
            case "n", "no": return false
            default: note("Please answer 'yes' or 'no'.")
            }
        }
        return false
    }
}

extension String {
    fileprivate var trimmedSpaces: String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        return String(String(drop(while: isSpace)).reversed().drop(while: isSpace).reversed())
    }
}
