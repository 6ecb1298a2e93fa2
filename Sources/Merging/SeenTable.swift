// SPDX-License-Identifier: MIT

/// Who had seen what: the one test that tells a conflict from a change of mind.
///
/// *w* has seen *c* if both are in one log and c comes first, or if w's log, by w, names c's log at
/// c's seq or later with the history that is held. Lines are fetched by log when first needed.
package final class SeenTable {
    private var linesByLog: [LogIndex: [LogIndex: SeenLines]] = [:]
    private let load: (LogIndex) -> [LogIndex: SeenLines]
    private let bounds: Bounds

    /// `load` gives all verified lines of one log.
    package init(
        bounds: Bounds = .everything, load: @escaping (LogIndex) -> [LogIndex: SeenLines]
    ) {
        self.bounds = bounds
        self.load = load
    }

    /// How far the entry at `place` had seen another log: the highest seq, 0 for nothing.
    package func seen(by place: Place, of log: LogIndex) -> UInt64 {
        guard place.log != log else { return place.seq - 1 }
        return lines(of: place.log)[log]?.seen(at: place.seq, within: bounds.limit(of: log)) ?? 0
    }

    /// Whether the entry at `later` had seen the one at `earlier`.
    package func hasSeen(_ later: Place, _ earlier: Place) -> Bool {
        earlier.seq <= seen(by: later, of: earlier.log)
    }

    /// Adds a verified line.
    package func add(_ line: SeenLines.Line, of log: LogIndex, about other: LogIndex) {
        _ = lines(of: log)
        linesByLog[log, default: [:]][other, default: SeenLines()].add(line)
    }

    /// All lines of one log, by the log that they are about.
    package func lines(of log: LogIndex) -> [LogIndex: SeenLines] {
        if let known = linesByLog[log] { return known }
        let loaded = load(log)
        linesByLog[log] = loaded
        return loaded
    }
}
