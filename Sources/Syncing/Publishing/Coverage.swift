// SPDX-License-Identifier: MIT
import Basics
import Logs

/// What an exchange holds of the logs that are held, under keys that count.
struct Coverage {
    private let memory: SegmentMemory
    private let keys: SliceKeys
    private let forked: Set<LogID>
    /// Of logs that have not forked.
    private let known: [LogID: [SeqRange]]
    private let first: [LogID: [SeqRange]]

    init(_ memory: SegmentMemory, of logs: [HeldLog], _ keys: SliceKeys) {
        self.memory = memory
        self.keys = keys
        let histories = Dictionary(grouping: logs, by: \.log.id)
        forked = Set(histories.filter { $0.value.count > 1 }.keys)
        known = memory.rangesByLog(logs) { keys.counts($0.key) }
        first = memory.rangesByLog(logs) { keys.isFirst($0.key) }
    }

    /// The entries that have to be left yet.
    func gaps(in held: HeldLog) -> [SeqRange] {
        SeqRange.gaps(in: there(of: held), through: held.position.sealedTip.seq)
    }

    /// Whether a slice that a gap is cut into is there all the same: another history of the log has
    /// an entry that brings a key in its place.
    func holds(_ cut: Cutter.Cut, of held: HeldLog) -> Bool {
        guard keys.goesFirst(held.log.id) == false, cut.bringsKey == false else { return false }
        return known(of: held).contains { $0.contains(cut.range) }
    }

    private func there(of held: HeldLog) -> [SeqRange] {
        guard keys.goesFirst(held.log.id) == false else {
            return ranges(of: held, first) { keys.isFirst($0.key) }
        }
        let apart = keys.apart(in: held.log.id).map { SeqRange(first: $0.seq, last: $0.seq) }
        guard apart.isEmpty == false else { return known(of: held) }
        let there = ranges(of: held, first) { keys.isFirst($0.key) }
        let lacking = SeqRange.subtracting(there, from: apart)
        return SeqRange.subtracting(lacking, from: SeqRange.joined(known(of: held) + apart))
    }

    private func known(of held: HeldLog) -> [SeqRange] {
        ranges(of: held, known) { keys.counts($0.key) }
    }

    private func ranges(
        of held: HeldLog, _ byLog: [LogID: [SeqRange]],
        _ counts: (SegmentMemory.Note) -> Bool
    ) -> [SeqRange] {
        guard forked.contains(held.log.id) else { return byLog[held.log.id] ?? [] }
        return memory.ranges(of: held, where: counts)
    }
}
