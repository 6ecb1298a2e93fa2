// SPDX-License-Identifier: MIT
import Projections

/// How many entries need newer software to be read whole.
struct UnreadText {
    let count: Int
    private let counts: [Unread: Int]

    init(_ counts: [Unread: Int]) {
        self.counts = counts
        count = counts.values.reduce(0, +)
    }

    /// `3 entries: 2 with a field, 1 about a kind of record that this program does not know`.
    var text: String {
        let parts = Unread.allCases.compactMap { why in
            counts[why].map { "\($0) \(UnreadText.words(why))" }
        }
        return count == 0
            ? "none"
            : "\(UnreadText.entries(count)): \(parts.joined(separator: ", "))"
    }

    /// For the end of a sync.
    var sentence: String {
        let isOne = count == 1
        let (need, are, say) =
            isOne ? ("needs", "it is", "it says") : ("need", "they are", "they say")
        return """
            \(UnreadText.entries(count)) \(need) newer software than this to be read whole; \
            \(are) kept and passed on. Until this program is renewed, what \(say) counts as not \
            seen here.
            """
    }

    private static func words(_ why: Unread) -> String {
        switch why {
        case .kind: "about a kind of record that is not known here"
        case .field: "with a field that is not known here"
        case .choice: "with a choice that is not known here"
        case .type: "of a type that is not known here"
        case .header: "of a later form"
        }
    }

    private static func entries(_ count: Int) -> String {
        count == 1 ? "1 entry" : "\(count) entries"
    }
}
