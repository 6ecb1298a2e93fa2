// SPDX-License-Identifier: MIT
import Basics
import Logs

/// Takes slices in one after the other, against what is held and what was taken in before.
///
/// Of a log that has forked every history is held, each in a file of its own.
struct SliceIntake {
    /// One more than count: from then on it is known that there are too many, and only one that
    /// parts before all of these changes what counts.
    static let historiesLimit = 9

    private let partnership: PartnershipID
    private var underwayByLog: [LogID: [PendingLog]]

    init(_ partnership: PartnershipID, holding logs: [HeldLog]) {
        self.partnership = partnership
        underwayByLog = Dictionary(grouping: logs, by: \.log.id)
            .mapValues { $0.map { PendingLog($0) } }
    }

    /// How many bytes are to be added to all logs.
    private(set) var addedCount = 0

    /// What is to be added to each file that grew, sorted by log.
    var growths: [LogGrowth] {
        underwayByLog.values.flatMap { $0.compactMap(\.growth) }.sorted {
            $0.log.id != $1.log.id
                ? $0.log.id < $1.log.id : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
    }

    mutating func take(_ slice: Slice) -> FileOutcome {
        var histories = underwayByLog[slice.log] ?? []
        defer { if histories.isEmpty == false { underwayByLog[slice.log] = histories } }
        guard histories.isEmpty == false else {
            var none: PendingLog?
            let verdict = SliceCheck.verdict(slice, in: partnership, &none)
            if case .new(let growth) = verdict {
                histories = [PendingLog(new: growth)]
                addedCount += growth.frames.count
            }
            return SliceIntake.outcome(verdict, slice.log)
        }
        var verdicts: [SliceVerdict] = []
        for place in histories.indices {
            var history: PendingLog? = histories[place]
            verdicts.append(SliceCheck.verdict(slice, in: partnership, &history))
            if let history { histories[place] = history }
        }
        return takeOn(slice, &histories, verdicts) ?? part(slice, &histories, verdicts)
    }

    /// Goes on with the histories that the slice is of; nil if it is of none.
    private mutating func takeOn(
        _ slice: Slice, _ histories: inout [PendingLog], _ verdicts: [SliceVerdict]
    ) -> FileOutcome? {
        var outcome: FileOutcome?
        for (place, verdict) in verdicts.enumerated() {
            switch verdict {
            case .alreadyHeld(let held):
                histories[place].take(held.bodies, held.sealFrames)
                addedCount += held.bodies.values.reduce(0) { $0 + $1.count }
            case .new(let growth):
                histories[place].accept(growth)
                addedCount += growth.frames.count
            case .waiting, .forked, .setAside: continue
            }
            outcome = outcome ?? SliceIntake.outcome(verdict, slice.log)
        }
        return outcome
    }

    /// Takes in another history, if what comes before the slice is held and was not written here
    /// for nobody yet.
    private mutating func part(
        _ slice: Slice, _ histories: inout [PendingLog], _ verdicts: [SliceVerdict]
    ) -> FileOutcome {
        var first: (fork: Fork, place: Int)?
        for (place, verdict) in verdicts.enumerated() {
            guard case .forked(let fork) = verdict else { continue }
            if histories[place].isUnshared(at: fork.seq) { return .forked(fork) }
            // Where it parts from the history that it shares most with.
            guard fork.isFirst, fork.seq > first?.fork.seq ?? 0 else { continue }
            first = (fork, place)
        }
        guard let first else {
            return SliceIntake.outcome(verdicts.min { $0.rank < $1.rank }, slice.log)
        }
        guard
            histories.count < SliceIntake.historiesLimit
                || SliceIntake.isBeforeAll(first.fork, verdicts)
        else { return .setAside(.tooManyHistories) }
        guard
            let growth = SliceCheck.history(slice, partingFrom: histories[first.place], first.fork)
        else { return .setAside(.ownCopyUnreadable) }
        addedCount += growth.frames.count
        let name = HeldLog.name(
            of: slice.log, partingAt: first.fork.seq, first.fork.other,
            besides: histories.map(\.name))
        histories.append(PendingLog(new: growth, named: name))
        return .accepted(slice.log, growth.range, lacking: growth.lacking)
    }

    /// Whether a history parts from all that are held before these part from each other.
    private static func isBeforeAll(_ fork: Fork, _ verdicts: [SliceVerdict]) -> Bool {
        verdicts.allSatisfy { verdict in
            guard case .forked(let other) = verdict else { return false }
            return other.isFirst && other.seq == fork.seq && other.held == fork.held
        }
    }

    private static func outcome(_ verdict: SliceVerdict?, _ log: LogID) -> FileOutcome {
        switch verdict {
        case .new(let growth): .accepted(log, growth.range, lacking: growth.lacking)
        case .alreadyHeld(let held): .alreadyHeld(log, held.range, lacking: held.lacking)
        case .waiting(let range): .waitingForEntries(log, range)
        case .forked(let fork):
            .waitingForEntries(log, SeqRange(first: fork.seq, last: fork.seq))
        case .setAside(let reason): .setAside(reason)
        case nil: .waitingForEntries(log, SeqRange(first: 1, last: 1))
        }
    }
}

extension SliceVerdict {
    /// Of several verdicts that bring nothing, the one that says most comes first.
    fileprivate var rank: Int {
        switch self {
        case .waiting: 0
        case .setAside: 1
        case .forked, .new, .alreadyHeld: 2
        }
    }
}
