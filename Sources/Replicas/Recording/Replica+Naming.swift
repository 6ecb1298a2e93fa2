// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Queries

extension Replica {
    /// Events that name entries of other logs with the chain values there, so that what is meant
    /// follows from the link alone.
    func naming(_ events: [Event]) throws(Failure) -> [Event] {
        var named: [Event] = []
        for event in events {
            var subject = event.subject
            if case .record(let id) = subject {
                subject = .record(
                    EntryID(log: id.log, seq: id.seq, branch: try history(id)))
            }
            var changes = event.changes
            for (name, change) in event.changes ?? [:] {
                changes?[name] = try change.replacingLinks { (link) throws(Failure) in
                    guard let log = link.log else { return link }
                    let id = EntryID(log: log, seq: link.seq, branch: link.chain)
                    return Link(
                        EntryID(log: log, seq: link.seq), chain: try history(id) ?? link.chain)
                }
            }
            named.append(Event(event.type, subject, changes, links: event.links))
        }
        return named
    }

    /// The first half of the chain value at an entry; nil for one that is not held.
    private func history(_ entry: EntryID) throws(Failure) -> Bytes16? {
        try book.logs.place(of: entry).flatMap { (place) throws(Failure) in try book.chain(place) }
    }
}
