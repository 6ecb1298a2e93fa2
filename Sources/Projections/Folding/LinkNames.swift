// SPDX-License-Identifier: MIT
package import Basics
package import Merging

/// Which entry a link in a body names.
package enum LinkMeaning: Hashable, Sendable {
    case entry(EntryID)
    /// The place that it names is not held, so that nothing speaks against its being that of the
    /// log as it is known: whoever holds more looks again.
    case assumed(EntryID)
    /// The entry that is linked to, the second, says that it repeats another. What the link means
    /// follows from both: whoever learns more of either looks again.
    case repeated(EntryID, EntryRef)
    /// It is not known which history is meant, or none has such an entry: it is named as the link
    /// says it. Whoever holds more looks again.
    case unknown(EntryID)
}

/// Finds which entries links name: which history of a log is meant follows from the link, or from
/// what its author's log names.
package final class LinkNames {
    private let find: (Link, Fold.Writer) -> LinkMeaning

    package init(_ find: @escaping (Link, Fold.Writer) -> LinkMeaning) { self.find = find }

    func meaning(of link: Link, _ author: Fold.Writer) -> LinkMeaning { find(link, author) }
}

extension Fold.EntryEffects {
    /// Notes what a link means. Gives the entry as state names it.
    mutating func name(_ link: Link, by meaning: LinkMeaning) -> EntryID {
        switch meaning {
        case .entry(let entry): return entry
        case .repeated(let entry, let named):
            repeats.append(named)
            return entry
        case .assumed(let entry), .unknown(let entry):
            assumed.append((link, entry))
            return entry
        }
    }
}
