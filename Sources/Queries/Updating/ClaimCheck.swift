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

    /// Adds what counts now to what is in sight, and notes the rest. Gives those of entries read
    /// before that count only from now on.
    func check(into sight: Causality) throws(Failure) -> [Claim] {
        var late: [Claim] = []
        var changed: Set<Pair> = []
        for row in rows where reading.chains[row.index]?.values.isEmpty == false {
            for claim in try store.openClaims(about: row.id) {
                let about = try take(claim, into: sight, isNew: false)
                guard about.isEmpty == false else { continue }
                for node in about { changed.insert(Pair(log: claim.place.log, about: node)) }
                late.append(claim)
            }
        }
        for claim in reading.claims {
            for node in try take(claim, into: sight, isNew: true) {
                changed.insert(Pair(log: claim.place.log, about: node))
            }
        }
        try checkBeginnings()
        for pair in changed {
            let lines = sight.steps(of: pair.log, about: pair.about)
            try store.save(lines, of: pair.log, about: pair.about)
        }
        return late
    }

    /// The nodes of which entries come into sight by a claim; none if it does not count now.
    private func take(
        _ claim: Claim, into sight: Causality, isNew: Bool
    ) throws(Failure) -> [LogIndex] {
        var isOpen = logs.nodes(of: claim.about).isEmpty
        for node in logs.nodes(of: claim.about) {
            let row = rows[Int(node.raw)]
            guard claim.upTo >= row.from, claim.upTo <= row.end ?? .max else { continue }
            guard let seen = try point(at: claim.upTo, of: node) else {
                isOpen = true
                continue
            }
            guard seen.chain == claim.chain else { continue }
            if isNew == false { try store.remove(claim) }
            let named = EntryRef(node, claim.upTo)
            try compareClocks(claim.place, named, of: seen.time)
            return sight.add(
                claim.place.log, at: claim.place.seq, names: named, except: claim.except)
        }
        guard isNew || isOpen == false else { return [] }
        try store.save(claim, isFalse: isOpen == false)
        return []
    }

    /// The entry of a log at a seq; nil if that place is not held.
    func point(at seq: UInt64, of log: LogIndex) throws(Failure) -> ChainFinder.Point? {
        if let point = reading.chains[log]?.point(at: seq) { return point }
        guard let position = rows[Int(log.raw)].position, seq <= position.tip.seq,
            seq <= bounds.limit(of: log), let source = sources[log]
        else { return nil }
        let row = rows[Int(log.raw)]
        return try ChainFinder(store: store, source: source, row: row).point(at: seq)
    }
}
