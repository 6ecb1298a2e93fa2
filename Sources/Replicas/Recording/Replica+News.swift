// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries

extension Replica {
    /// Writes a receipt if something that is not automatic was taken in since the last entry.
    func acknowledge() throws {
        guard let own = heldOwnLog else { return }
        // A receipt that only tells of receipts would be answered by another, for ever.
        guard try news(since: own.id).contains(where: \.isTold) else { return }
        let receipt = try record([Event(EventName.received, .none, nil)])
        if let trouble = receipt.trouble { remarks.append(trouble.sentence) }
    }

    /// The base of the next entry.
    func nextBase(of own: LogID) throws(Failure) -> [BaseElement] {
        try news(since: own).flatMap(\.elements)
    }

    /// What was newly taken in of one log.
    private struct News {
        let elements: [BaseElement]
        /// Whether any of it is what a person or a coordinator's program wrote.
        let isTold: Bool
    }

    /// What was newly taken in since the own log's last entry: for each admitted log, how far, but
    /// for what waits.
    private func news(since own: LogID) throws(Failure) -> [News] {
        guard let index = book.logs.index(of: own) else { return [] }
        var waiting: [LogIndex: [UInt64]] = [:]
        for item in try book.waiting() {
            waiting[item.entry.log, default: []].append(item.entry.seq)
        }
        var news: [News] = []
        for row in book.rows where row.id != own {
            guard let tip = row.position?.tip, let limit = row.admission?.limit else { continue }
            let known = book.steps(of: index, about: row.index)
            guard
                let next = known.next(
                    upTo: min(tip.seq, limit), without: waiting[row.index] ?? [])
            else { continue }
            var chain = next.upTo == tip.seq ? tip.chain.first : nil
            if chain == nil { chain = try book.chain(EntryRef(row.index, next.upTo)) }
            guard let chain else { continue }
            let seen = BaseElement.seen(log: row.id, seq: next.upTo, chain: chain)
            news.append(
                News(
                    elements: next.except.isEmpty
                        ? [seen] : [.except(log: row.id, runs: next.except), seen],
                    isTold: row.toldSeq > known.last || next.upTo <= known.last))
        }
        return news
    }
}
