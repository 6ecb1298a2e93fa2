// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

/// Clocks that cannot both have been right. Nothing is refused for it: who had seen what decides
/// which value counts, and times are for showing.
extension ClaimCheck {
    /// Notes an entry whose time is before that of one which it had in sight, by more than clocks
    /// drift.
    func compareClocks(
        _ place: EntryRef, _ inSight: EntryRef, of other: HybridTime
    ) throws(Failure) {
        guard let time = try point(at: place.seq, of: place.log)?.time else { return }
        try note(place, at: time, inSight, at: other)
    }

    /// Notes a log that begins before the one that its device had before it ended.
    func checkBeginnings() throws(Failure) {
        for row in rows where row.branch == nil && row.position != nil {
            guard let earlier = row.identity?.birth.previous?.log else { continue }
            for about in logs.nodes(of: earlier) where isNew(row.index) || isNew(about) {
                guard let end = rows[Int(about.raw)].position?.tip,
                    let begun = try point(at: 1, of: row.index)?.time
                else { continue }
                try note(
                    EntryRef(row.index, 1), at: begun, EntryRef(about, end.seq), at: end.time)
            }
        }
    }

    private func note(
        _ place: EntryRef, at time: HybridTime, _ inSight: EntryRef, at other: HybridTime
    ) throws(Failure) {
        let (own, seen) = (time.milliseconds, other.milliseconds)
        guard seen > own, seen - own > HybridTime.driftLimitMilliseconds else { return }
        try store.save(
            ClockFinding(behind: place, ahead: inSight, milliseconds: seen - own))
    }

    private func isNew(_ log: LogIndex) -> Bool {
        reading.chains[log]?.values.isEmpty == false
    }
}
