// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

/// Checks what bases say against the histories that are held.
struct ClaimCheck {
    let store: IndexStore
    let rows: [LogRow]
    let logs: LogTable
    let sources: [LogIndex: LogSource]
    let reading: LogReading
    let bounds: Bounds

    private struct Pair: Hashable {
        let log: LogIndex
        let about: LogIndex
    }

    /// Adds what counts now to what is in sight, and notes the rest. Gives the places of entries
    /// read before whose base counts only from now on.
    func check(into sight: Causality) throws(Failure) -> [EntryRef] {
        var late: [EntryRef] = []
        var changed: Set<Pair> = []
        for row in rows where reading.chains[row.index]?.values.isEmpty == false {
            for claim in try store.openClaims(about: row.id) {
                guard let about = try take(claim, into: sight, isNew: false) else { continue }
                changed.insert(Pair(log: claim.place.log, about: about))
                late.append(claim.place)
            }
        }
        for claim in reading.claims {
            guard let about = try take(claim, into: sight, isNew: true) else { continue }
            changed.insert(Pair(log: claim.place.log, about: about))
        }
        for pair in changed {
            let lines = sight.steps(of: pair.log, about: pair.about)
            try store.save(lines, of: pair.log, about: pair.about)
        }
        return late
    }

    /// The number of the log that a claim is about, if the claim counts now.
    private func take(
        _ claim: Claim, into sight: Causality, isNew: Bool
    ) throws(Failure) -> LogIndex? {
        guard let about = logs.index(of: claim.about),
            let chain = try chain(at: claim.upTo, of: about)
        else {
            if isNew { try store.save(claim, isFalse: false) }
            return nil
        }
        guard chain == claim.chain else {
            try store.save(claim, isFalse: true)
            return nil
        }
        sight.add(
            claim.place.log, at: claim.place.seq, names: about, upTo: claim.upTo,
            except: claim.except)
        if isNew == false { try store.remove(claim) }
        return about
    }

    /// The first half of a log's chain value at a seq; nil if that place is not held.
    private func chain(at seq: UInt64, of log: LogIndex) throws(Failure) -> Bytes16? {
        if let value = reading.chains[log]?.value(at: seq) { return value }
        guard let position = rows[Int(log.raw)].position, seq <= position.tip.seq,
            seq <= bounds.limit(of: log), let source = sources[log]
        else { return nil }
        return try ChainFinder(store: store, source: source, log: log).chain(at: seq)
    }
}
