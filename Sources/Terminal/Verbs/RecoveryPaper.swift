// SPDX-License-Identifier: MIT
import Basics
import Replicas
import Reports

/// Recovery words as they are shown, once, and asked back so that they are on paper.
struct RecoveryPaper {
    let secret: RecoverySecret
    let session: Session

    private static let what = "The recovery words"
    private static let columns = 4
    private static let asked = 2
    private static let attempts = 3

    /// Shows the words: throws a rejection where they cannot be read. On a terminal two of them are
    /// asked back: throws a rejection where they do not come. The caller then makes nothing.
    func show() throws(Rejection) {
        let console = session.console
        guard session.isJSON == false else {
            console.print(first: .init("recovery", .string(secret.words.joined(separator: " "))))
            return try console.deliver(Self.what)
        }
        console.print("\("The recovery words, in this order:", .strong)")
        console.print()
        for line in lines { console.print("\(line, .good)") }
        console.print()
        console.print(
            prose: """
                Write these 24 words on paper now and keep it in a safe place, away from this \
                device: they are shown this once. If this device is lost or stolen, \
                'beatbook recover' makes a new lead with them. Whoever has them can do the same, \
                so tell them to nobody.
                """)
        console.print()
        try console.deliver(Self.what)
        guard console.canAsk else { return }
        for place in places { try ask(place) }
    }

    /// The words with their numbers, to be read across.
    private var lines: [String] {
        let cells = secret.words.enumerated().map { place, word in
            let number = place < 9 ? " \(place + 1)" : "\(place + 1)"
            return "\(number) \(word)"
        }
        return stride(from: 0, to: cells.count, by: Self.columns).map { start in
            let row = cells[start..<(start + Self.columns)]
            return row.dropLast().map { $0 + String(repeating: " ", count: 12 - $0.count) }
                .joined() + row.suffix(1).joined()
        }
    }

    /// Two places from 0 that nobody can foresee, in order.
    private var places: [Int] {
        var places: Set<Int> = []
        while places.count < Self.asked {
            places.formUnion(
                session.surroundings.entropy.bytes(1).map { Int($0) % secret.words.count })
        }
        return places.sorted()
    }

    private func ask(_ place: Int) throws(Rejection) {
        for _ in 0..<Self.attempts {
            guard let answer = session.console.ask("Word \(place + 1) on your paper:") else {
                break
            }
            if Words.bytes(answer.split(whereSeparator: \.isWhitespace)) == [secret.bytes[place]] {
                return
            }
            session.console.note("That is not word \(place + 1): look at the paper again.")
        }
        throw Rejection(
            "Word \(place + 1) of the recovery words was not given; nothing was recorded.",
            advice: "Run this again for new words, and write them down before you go on.")
    }
}
