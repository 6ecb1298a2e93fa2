// SPDX-License-Identifier: MIT
package import Basics
package import Merging
import Projections

extension Book {
    /// The entry that is named with its history; nil if that is not held.
    package func place(of pinned: PinnedEntry) throws(Failure) -> EntryRef? {
        // No log can hold an entry of a number beyond.
        guard pinned.seq < EntryRef.seqLimit else { return nil }
        return try links.entry(pinned.entry, with: pinned.chain)
    }

    /// The entry that a link means, as state names entries or as the entry `author` does; nil if it
    /// is not held. An entry that repeats another stands for it.
    package func place(
        of link: Link, by author: EntryRef? = nil
    ) throws(Failure) -> EntryRef? {
        try named(by: link, author).map { seen.repeats.counted($0) }
    }

    private func named(by link: Link, _ author: EntryRef?) throws(Failure) -> EntryRef? {
        guard link.seq < EntryRef.seqLimit else { return nil }
        guard let log = link.log else {
            return author.map { logs.entry(link.seq, before: $0.log) }
        }
        let id = EntryID(log: log, seq: link.seq, branch: link.chain)
        if let history = link.chain, logs.place(of: id) == nil {
            return try links.entry(id, with: history)
        }
        if link.chain == nil, let author,
            let place = try links.entry(id, history: nil, of: author)
        {
            return place
        }
        return logs.place(of: id)
    }
}
