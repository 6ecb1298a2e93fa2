// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Queries

extension Replica {
    /// Events that name entries of logs that have split by what logs write: the chain value at the
    /// entry, and not what the node in which it stands is known by here.
    func naming(_ events: [Event]) throws(Failure) -> [Event] {
        guard book.rows.contains(where: { $0.branch != nil }) else { return events }
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

    /// The first half of the chain value at an entry of a node that a split begins; nil for others.
    private func history(_ entry: EntryID) throws(Failure) -> Bytes16? {
        guard entry.branch != nil, let place = book.logs.place(of: entry) else { return nil }
        return try book.chain(place)
    }
}
