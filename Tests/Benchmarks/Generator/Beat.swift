// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs

/// The records that were made so far, and who works on which.
struct Beat {
    enum Kind: Hashable {
        case `case`, activity, action, campaign
    }

    /// What the generator knows of a record.
    struct Record {
        let kind: Kind
        let author: Int
        let seq: UInt64
        /// The first half of the chain value there; nil where it was not the last of its batch.
        let chain: Bytes16?
        var status = 0
        /// 0 low, 1 medium, 2 high.
        var risk = 0
    }

    private(set) var records: [Record] = []
    /// Places in `records`, by kind.
    private(set) var places: [Kind: [Int]] = [:]
    private let skew: Int

    init(skew: Int) { self.skew = skew }

    /// The author has written the record last, or among its last entries.
    mutating func add(_ kind: Kind, by author: Author, at seq: UInt64) {
        author.records.append(records.count)
        places[kind, default: []].append(records.count)
        let chain = author.tip.seq == seq ? author.tip.chain.first : nil
        records.append(Record(kind: kind, author: author.place, seq: seq, chain: chain))
    }

    mutating func change(_ place: Int, _ body: (inout Record) -> Void) { body(&records[place]) }

    func id(_ place: Int, _ authors: [Author]) -> EntryID {
        let record = records[place]
        return EntryID(
            log: authors[record.author].log.id, seq: record.seq, branch: record.chain)
    }

    /// A record that the author can write to: mostly one of its own, now and then any that it
    /// holds. Nil where it has none.
    func pick(for author: Author, _ chance: inout Chance) -> Int? {
        if author.records.isEmpty == false, chance.isIn(hundred: 88) {
            return author.records[rank(author.records.count, &chance)]
        }
        for _ in 0..<4 {
            let place = rank(records.count, &chance)
            if author.holds(records[place].seq, of: records[place].author) { return place }
        }
        return author.records.last
    }

    /// A record of a kind that the author holds; nil if chance finds none.
    func pick(_ kind: Kind, for author: Author, _ chance: inout Chance) -> Int? {
        guard let known = places[kind], known.isEmpty == false else { return nil }
        for _ in 0..<4 {
            let place = known[rank(known.count, &chance)]
            if author.holds(records[place].seq, of: records[place].author) { return place }
        }
        return nil
    }

    private func rank(_ count: Int, _ chance: inout Chance) -> Int {
        chance.isIn(hundred: skew) ? chance.rank(below: count) : chance.below(count)
    }
}
