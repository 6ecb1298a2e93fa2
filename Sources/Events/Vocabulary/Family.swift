// SPDX-License-Identifier: MIT

/// How a clash on a field comes out. Source: `Docs/Architecture.md`, families.
package enum Family: Hashable, Sendable {
    /// The latest write is shown; unequal writes that had not seen each other are a conflict.
    case latest
    /// The most protective or least favourable write works until a person decides.
    case cautious(Caution)
    /// What was last agreed stands until a person decides.
    case standing
    /// Values added and taken out; an addition wins over a removal that had not seen it.
    case set
    /// Signed additions, each once.
    case tally
    /// Parts that are only ever added; each may be voided or corrected.
    case entries
    /// A figure from outside; unequal figures are shown as disputed.
    case reading
}

extension Family {
    /// As the pages call it.
    package var name: String {
        switch self {
        case .latest: "latest"
        case .cautious: "cautious"
        case .standing: "standing"
        case .set: "set"
        case .tally: "tally"
        case .entries: "entries"
        case .reading: "reading"
        }
    }
}

/// Which of two values is the more cautious one, and who may ease it.
package struct Caution: Hashable, Sendable {
    package enum Order: String, Hashable, Sendable {
        /// As listed in the field's choices, the most cautious first; unknown values before all.
        case listed
        /// The earlier date, the smaller number, no before yes.
        case lesser
        /// The greater number, yes before no.
        case greater
    }

    package let order: Order
    /// Whose write settles a more protective one that it had seen.
    package let mayEase: Roles

    package init(_ order: Order, mayEase: Roles) {
        self.order = order
        self.mayEase = mayEase
    }
}
