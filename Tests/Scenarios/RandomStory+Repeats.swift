// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Simulation

/// A device that writes down again in one of its logs what stands in another.
extension RandomStory {
    /// An entry about a record, as it was said.
    struct Said {
        let spot: Spot
        let type: String
        let kind: Kind
        /// Nil for an entry that creates one.
        let record: Spot?
        let changes: [String: CBORValue]
    }

    mutating func remember(
        by author: Character, _ type: String, _ kind: Kind, _ record: Spot?,
        _ changes: [String: CBORValue]
    ) {
        guard "aeh".contains(author) else { return }
        said.append(
            Said(
                spot: scenario.last(author), type: type, kind: kind, record: record,
                changes: changes))
    }

    /// Whether there was something to be repeated. Now and then it is said to be something else
    /// than it is, or is only said to be of the own log.
    mutating func repeatEntry(by author: Character) -> Bool {
        let others = said.filter { $0.spot.log != author || chance.number(below: 20) == 0 }
        guard others.isEmpty == false else { return false }
        let one = chance.number(below: 2) == 0 ? any(others) : others[others.count - 1]
        let isOther = chance.number(below: 10) == 0
        let type = isOther ? "\(one.kind.name).repeated" : one.type
        var about: EntrySubject = .creates
        if let record = one.record {
            guard let named = subject(record, for: author) else { return false }
            about = named
        }
        var changes = one.changes
        // What is repeated twice names what it repeated at first, or else is repeated by nothing.
        if changes[EntryNote.again] == nil || chance.number(below: 10) == 0 {
            changes[EntryNote.again] = scenario.pinned(one.spot).value
        }
        let seen = base(of: author, about: one.record)
        change { $0.append(author, type, about, changes, seen) }
        noteParts(in: changes, by: author)
        remember(by: author, type, one.kind, one.record, changes)
        if one.record == nil {
            records.insert((scenario.last(author), one.kind), at: min(1, records.count))
        }
        note(isOther ? .partlyRepeated : .repeated)
        return true
    }
}
