// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Merging
import Projections

/// Two logs whose clocks cannot both have been right.
package struct ClockDifference: Hashable, Sendable {
    /// Where they were furthest apart.
    package let worst: ClockFinding
    /// How many entries show it.
    package let count: Int
}

extension Book {
    /// What one entry shows of clocks: where it had entries in sight whose times are later.
    package func clockFindings(of place: EntryRef) throws(Failure) -> [ClockFinding] {
        try store.clockFindings(of: place).filter(isAdmitted)
    }

    /// Of each two logs whose clocks differ, the furthest apart first.
    package func clockDifferences() throws(Failure) -> [ClockDifference] {
        struct Pair: Hashable {
            let behind: LogIndex
            let ahead: LogIndex
        }
        var found: [Pair: ClockDifference] = [:]
        for finding in try store.clockFindings() where isAdmitted(finding) {
            let pair = Pair(behind: finding.behind.log, ahead: finding.ahead.log)
            let known = found[pair]
            let isWorse = known.map { $0.worst.milliseconds < finding.milliseconds } ?? true
            found[pair] = ClockDifference(
                worst: isWorse ? finding : known?.worst ?? finding, count: (known?.count ?? 0) + 1)
        }
        let order = CanonicalOrder(logs)
        return found.values.sorted { left, right in
            left.worst.milliseconds != right.worst.milliseconds
                ? left.worst.milliseconds > right.worst.milliseconds
                : order.precedes(left.worst.behind, right.worst.behind)
        }
    }

    /// Whether the log that is behind follows the other on its device.
    package func isOfOneDevice(_ finding: ClockFinding) -> Bool {
        row(finding.behind.log).identity?.birth.previous?.log == logs.id(of: finding.ahead.log)
    }

    /// A stranger's entries say nothing of anybody's clock.
    private func isAdmitted(_ finding: ClockFinding) -> Bool {
        [finding.behind, finding.ahead].allSatisfy { place in
            seen.admission(place.log)?.role(at: place.seq) != nil
        }
    }
}
