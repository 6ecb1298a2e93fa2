// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// A stretch of a log in which its vocabulary number never fell.
struct LogRun: Hashable {
    private let log: LogIndex
    private let descents: UInt8

    init(_ act: LastAct) {
        log = act.log
        descents = act.descents
    }
}

/// What one log wrote on one slot of a field, in the order of its seqs, while its vocabulary number
/// never fell.
///
/// Of a log's writes that its role lets ease the field, the last one settles all that came before
/// it. The others stay as far as no later one of them is as cautious, so that they grow less
/// cautious along the log.
struct SlotWrites {
    let log: LogIndex
    let run: LogRun?
    private(set) var easing: LastAct?
    private(set) var others: [LastAct] = []

    /// Takes in the log's writes by rising seq.
    init(_ writes: some Collection<LastAct>, _ ranking: Ranking?, easing: (LastAct) -> Bool) {
        log = writes.first?.log ?? LogIndex(0)
        run = writes.first.map { LogRun($0) }
        for write in writes {
            if ranking == nil || easing(write) {
                self.easing = write
                continue
            }
            while let last = others.last, ranking?.isMoreCautious(last, write) != true {
                others.removeLast()
            }
            others.append(write)
        }
    }

    /// The writes of this log that none of its own later ones settles.
    func standing(_ ranking: Ranking?) -> [LastAct] {
        let later = others.filter { $0.seq > easing?.seq ?? 0 }
        guard let easing else { return later }
        // The most cautious of the later ones comes first.
        let isSettled = later.first.map { ranking?.isMoreCautious(easing, $0) != true } ?? false
        return (isSettled ? [] : [easing]) + later
    }

    /// The writes of this log that may stand in for others': those that nobody has eased.
    func outweighing(besides eased: Set<EntryRef>) -> [LastAct] {
        others.filter { $0.seq > easing?.seq ?? 0 && eased.contains($0.ref) == false }
    }

    /// Whether one of a log's writes, by rising seq, is as cautious as one of another log that it
    /// has in sight; `first` is from where on it may have.
    static func outweigh(
        _ others: [LastAct], _ write: LastAct, _ ranking: Ranking,
        sees: (LastAct, LastAct) -> Bool, from first: UInt64
    ) -> Bool {
        let start = others.firstPlace(fromWhich: { $0.seq >= first })
        // Later ones are less cautious: as soon as one does not settle it, none does.
        for other in others[start...] {
            if ranking.isMoreCautious(write, other) == true { return false }
            if sees(other, write) { return true }
        }
        return false
    }
}
