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
        for _ in 0..<Replica.receiptLimit {
            guard let own = heldOwnLog else { return }
            // A receipt that only tells of receipts would be answered by another, for ever.
            guard try news(since: own.id).contains(where: \.isTold) else { return }
            let receipt = try record([Event(EventName.received, .none, nil)])
            guard let trouble = receipt.trouble else { continue }
            return remarks.append(trouble.sentence)
        }
    }

    /// So many receipts follow each other where much waits between what does not: each comes
    /// further, and the rest is for the next sync.
    private static let receiptLimit = 64

    /// The base of the next entry.
    func nextBase(of own: LogID) throws(Failure) -> [BaseElement] {
        var runs: [LogID: [SeqRange]] = [:]
        var seen: [BaseElement] = []
        for item in try news(since: own) where item.isNamed == false {
            // Exceptions are for a log: those of one of its histories hold for all that are named
            // with it. One with others is named by the next receipt.
            guard runs[item.log] == nil || runs[item.log] == item.except else { continue }
            runs[item.log] = item.except
            seen.append(.seen(log: item.log, seq: item.upTo, chain: item.chain))
        }
        let exceptions = runs.filter { $0.value.isEmpty == false }
            .sorted { $0.key < $1.key }.map { log, runs in
                BaseElement.except(log: log, runs: runs.map { $0.first...$0.last })
            }
        return exceptions + seen
    }

    /// What was newly taken in of one history of a log.
    private struct News {
        let log: LogID
        let upTo: UInt64
        let chain: Bytes16
        let except: [SeqRange]
        /// Whether whoever names a later node of the log names this one as well.
        let isNamed: Bool
        /// Whether any of it is what a person or a coordinator's program wrote.
        let isTold: Bool
    }

    /// What was newly taken in since the own log's last entry: for each node of an admitted log,
    /// how far, but for what waits in any of them, or is about a record that is not there: it may
    /// count one day, and was shown to nobody.
    private func news(since own: LogID) throws(Failure) -> [News] {
        guard let index = row(ofOwn: own)?.index else { return [] }
        var waiting: [LogIndex: Set<UInt64>] = [:]
        for item in try book.waiting() {
            waiting[item.entry.log, default: []].insert(item.entry.seq)
        }
        for item in try book.asides() where item.reason == .noRecord {
            waiting[item.entry.log, default: []].insert(item.entry.seq)
        }
        var news: [News] = []
        var named: Set<LogIndex> = []
        // A node stands after the one that it goes on from.
        for row in book.rows.reversed() where row.id != own {
            guard let tip = row.position?.tip, let limit = row.admission?.limit else { continue }
            let known = history(of: index, about: row.index)
            guard
                let next = known.next(
                    upTo: min(tip.seq, limit), without: held(up: waiting, before: row.index)),
                next.upTo >= row.from,
                let chain = try book.chain(EntryRef(row.index, next.upTo))
            else { continue }
            if let parent = row.branch?.parent { named.insert(parent) }
            news.append(
                News(
                    log: row.id, upTo: next.upTo, chain: chain,
                    except: next.except.map {
                        SeqRange(first: $0.lowerBound, last: $0.upperBound)
                    },
                    isNamed: named.contains(row.index),
                    isTold: row.toldSeq > known.last || next.upTo <= known.last))
        }
        return news.reversed()
    }

    /// What was in sight of the history that ends with a node.
    private func history(of own: LogIndex, about node: LogIndex) -> SeenSteps {
        var known = SeenSteps()
        for node in book.logs.history(endingWith: node) {
            let first = book.logs.branch(of: node)?.from ?? 1
            known = book.steps(of: own, about: node).going(onFrom: known, at: first)
        }
        return known
    }

    /// What waits in the history that ends with a node, in order.
    private func held(up waiting: [LogIndex: Set<UInt64>], before node: LogIndex) -> [UInt64] {
        guard waiting.isEmpty == false else { return [] }
        return Set(book.logs.history(endingWith: node).flatMap { waiting[$0] ?? [] }).sorted()
    }
}
