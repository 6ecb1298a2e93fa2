// SPDX-License-Identifier: MIT
import Merging

/// Acts by the logs that hold them, so that each author is asked about those acts alone that the
/// author's log names: of a thousand logs that name nobody the pairs would be a million.
struct ActsInSight {
    /// Below so many logs it costs less to ask about all.
    private static let few = 16

    private let seen: Seen
    private let all: [Int]
    private var placesByLog: [LogIndex: [Int]] = [:]

    init(_ acts: [LastAct], _ seen: Seen) {
        self.seen = seen
        all = Array(acts.indices)
        guard acts.count > ActsInSight.few else { return }
        for (place, act) in acts.enumerated() {
            placesByLog[act.log, default: []].append(place)
            for entry in seen.repeats.repeats(of: act.ref) where entry.log != act.log {
                placesByLog[entry.log, default: []].append(place)
            }
        }
    }

    /// The places of all acts that an entry of a log may have seen, and perhaps of some others;
    /// some may come twice.
    func places(from log: LogIndex) -> [Int] {
        guard placesByLog.count > ActsInSight.few else { return all }
        let logs = seen.causality.logsInSight(from: log)
        guard logs.count < placesByLog.count else {
            return placesByLog.flatMap { logs.contains($0.key) ? $0.value : [] }
        }
        return logs.flatMap { placesByLog[$0] ?? [] }
    }
}

extension [LastAct] {
    func remaining(without places: Set<Int>) -> [LastAct] {
        guard places.isEmpty == false else { return self }
        return indices.filter { places.contains($0) == false }.map { self[$0] }
    }
}
