// SPDX-License-Identifier: MIT
import Basics
import Merging

/// Bases that name entries which are not held, or of histories that nobody holds: a link without a
/// history may mean one of those.
struct OpenNamings {
    private struct Key: Hashable {
        let by: LogIndex
        let about: LogID
    }

    private struct Naming {
        let at: UInt64
        let upTo: UInt64
    }

    private var namings: [Key: [Naming]] = [:]

    init(_ claims: [Claim]) {
        for claim in claims {
            namings[Key(by: claim.place.log, about: claim.about), default: []].append(
                Naming(
                    at: claim.place.seq, upTo: LogReading.reach(claim.upTo, except: claim.except)))
        }
    }

    var isEmpty: Bool { namings.isEmpty }

    /// Whether an author's history names a log so, up to the entry or behind it.
    func name(_ log: LogID, by author: EntryRef, _ causality: Causality) -> Bool {
        causality.history(of: author).contains { namings[Key(by: $0.log, about: log)] != nil }
    }

    /// The first entry of an author's history, up to the entry itself, whose base names so an entry
    /// of a log or a later one; `SeenSteps.never` for none.
    func first(naming entry: EntryID, by author: EntryRef, _ causality: Causality) -> UInt64 {
        guard namings.isEmpty == false else { return SeenSteps.never }
        var first = SeenSteps.never
        for part in causality.history(of: author) {
            for naming in namings[Key(by: part.log, about: entry.log)] ?? []
            where naming.at <= part.seq && naming.upTo >= entry.seq {
                first = min(first, naming.at)
            }
        }
        return first
    }
}
