// SPDX-License-Identifier: MIT

/// Who had seen what: the one test that tells a conflict from a change of mind.
///
/// *w* has seen *c* if both are in one log and c comes first, or if w's log, by w, names c's log at
/// c's seq or later with the history that is held. Lines are fetched when first needed.
package final class Causality {
    private var linesByLog: [LogIndex: [LogIndex: SeenSteps]] = [:]
    /// The logs whose lines were all fetched.
    private var whole: Set<LogIndex> = []
    private let load: (LogIndex, LogIndex?) -> [LogIndex: SeenSteps]
    private let bounds: Bounds

    /// `load` gives the verified lines of one log: those about another, or all of them.
    package init(
        bounds: Bounds = .everything,
        load: @escaping (_ log: LogIndex, _ about: LogIndex?) -> [LogIndex: SeenSteps]
    ) {
        self.bounds = bounds
        self.load = load
    }

    /// How far the entry at `place` had seen another log: the highest seq, 0 for nothing.
    package func seen(by place: EntryRef, of log: LogIndex) -> UInt64 {
        guard place.log != log else { return place.seq - 1 }
        return lines(of: place.log, about: log)
            .seen(at: place.seq, within: bounds.limit(of: log))
    }

    /// Whether the entry at `later` had seen the one at `earlier`.
    package func hasSeen(_ later: EntryRef, _ earlier: EntryRef) -> Bool {
        earlier.seq <= seen(by: later, of: earlier.log)
    }

    /// Adds a verified line.
    package func add(_ line: SeenSteps.Step, of log: LogIndex, about other: LogIndex) {
        _ = lines(of: log, about: other)
        linesByLog[log, default: [:]][other, default: SeenSteps()].add(line)
    }

    /// The lines of one log about another. Changes nothing once all lines of the log were fetched.
    package func lines(of log: LogIndex, about other: LogIndex) -> SeenSteps {
        if let known = linesByLog[log]?[other] { return known }
        guard whole.contains(log) == false else { return SeenSteps() }
        let lines = load(log, other)[other] ?? SeenSteps()
        linesByLog[log, default: [:]][other] = lines
        return lines
    }

    /// All lines of one log, by the log that they are about.
    package func lines(of log: LogIndex) -> [LogIndex: SeenSteps] {
        if whole.insert(log).inserted {
            // What is there may have lines that were added.
            linesByLog[log, default: [:]].merge(load(log, nil)) { known, _ in known }
        }
        return linesByLog[log, default: [:]].filter { $1.last > 0 }
    }
}
