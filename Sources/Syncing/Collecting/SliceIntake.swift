// SPDX-License-Identifier: MIT
import Basics
import Logs

/// Takes slices in one after the other, against what is held and what was taken in before.
struct SliceIntake {
    private let partnership: PartnershipID
    private var underwayByLog: [LogID: PendingLog]

    init(_ partnership: PartnershipID, holding logs: [HeldLog]) {
        self.partnership = partnership
        underwayByLog = Dictionary(
            logs.map { ($0.log.id, PendingLog($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many bytes are to be added to all logs.
    private(set) var addedCount = 0

    /// What is to be added to each log that grew, sorted by log.
    var growths: [LogGrowth] {
        underwayByLog.values.compactMap { $0.growth }.sorted { $0.log.id < $1.log.id }
    }

    mutating func take(_ slice: Slice) -> FileOutcome {
        switch SliceCheck.verdict(slice, in: partnership, &underwayByLog[slice.log]) {
        case .new(let growth):
            addedCount += growth.frames.count
            if underwayByLog[slice.log] == nil {
                underwayByLog[slice.log] = PendingLog(new: growth)
            } else {
                underwayByLog[slice.log]?.accept(growth)
            }
            return .accepted(slice.log, growth.range, lacking: growth.lacking)
        case .alreadyHeld(let held):
            underwayByLog[slice.log]?.take(held.bodies)
            addedCount += held.bodies.values.reduce(0) { $0 + $1.count }
            return .alreadyHeld(slice.log, held.range, lacking: held.lacking)
        case .waiting(let range): return .waitingForEntries(slice.log, range)
        case .forked(let fork): return .forked(fork)
        case .setAside(let reason): return .setAside(reason)
        }
    }
}
