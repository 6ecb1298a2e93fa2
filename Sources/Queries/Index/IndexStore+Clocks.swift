// SPDX-License-Identifier: MIT
import Basics
package import Merging

/// An entry that was written with another in sight whose time is later by more than clocks drift,
/// or the first of a log that begins so long before its device's log before it had ended.
package struct ClockFinding: Hashable, Sendable {
    package let behind: EntryRef
    package let ahead: EntryRef
    package let milliseconds: UInt64
}

extension IndexStore {
    func save(_ finding: ClockFinding) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO clocks VALUES(?1, ?2, ?3, ?4)")
            .bind(1, finding.behind.raw).bind(2, Int64(finding.ahead.log.raw))
            .bind(3, finding.ahead.seq).bind(4, finding.milliseconds).execute()
    }

    /// Those of one entry; all for nil. In the order of places.
    func clockFindings(of place: EntryRef? = nil) throws(Failure) -> [ClockFinding] {
        let find = try database.statement(
            """
            SELECT place, about, seq, ahead FROM clocks\(place == nil ? "" : " WHERE place=?1")
            ORDER BY place, about
            """)
        if let place { find.bind(1, place.raw) }
        var findings: [ClockFinding] = []
        while try find.step() {
            guard let about = UInt32(exactly: find.integer(1)), about < EntryRef.logLimit,
                find.unsigned(2) < EntryRef.seqLimit
            else { throw Failure.ofIndex }
            findings.append(
                ClockFinding(
                    behind: EntryRef(raw: find.unsigned(0)),
                    ahead: EntryRef(LogIndex(about), find.unsigned(2)),
                    milliseconds: find.unsigned(3)))
        }
        return findings
    }
}
