// SPDX-License-Identifier: MIT
package import Basics

/// What each entry had in sight: the version vector of every entry, kept as the steps of its log.
///
/// *w* has *c* in sight if both are in one history and c comes first, or if w's history, by w,
/// names c's log at c's seq or later with the history that holds c, and does not except c. Steps
/// are fetched when first needed; where they cannot be, the answer is that nothing was in sight,
/// and `check` says why: whoever used an answer calls it before relying on what came of it.
package final class Causality {
    /// What is known of the steps of one log, by the log that they are about.
    private struct Known {
        var steps: [LogIndex: SeenSteps] = [:]
        /// Whether all of them were fetched.
        var isWhole = false
    }

    /// By the numbers of logs: of two logs it may be asked for every pair of entries.
    private var known: [Known] = []
    private let branches: [LogTable.Branch?]
    private let load: (LogIndex, LogIndex?) throws(Failure) -> [LogIndex: SeenSteps]
    private var failure: Failure?

    /// `load` gives the steps of one log: those about another, or all of them.
    package init(
        _ logs: LogTable,
        load:
            @escaping (
                _ log: LogIndex, _ about: LogIndex?
            ) throws(Failure) -> [LogIndex: SeenSteps]
    ) {
        branches = logs.branches
        self.load = load
    }

    /// Throws what went wrong while steps were fetched.
    package func check() throws(Failure) {
        if let failure { throw failure }
    }

    /// Whether an entry stands in the history of another one's log, before it.
    package func isBefore(_ earlier: EntryRef, inLogOf later: EntryRef) -> Bool {
        if later.log == earlier.log { return earlier.seq < later.seq }
        var (log, seq) = (later.log, later.seq)
        while let branch = branch(of: log) {
            (log, seq) = (branch.parent, min(seq, branch.from - 1))
            if log == earlier.log { return earlier.seq <= seq }
        }
        return false
    }

    /// Whether the entry `later` had the other one in sight.
    package func hasInSight(_ later: EntryRef, _ earlier: EntryRef) -> Bool {
        if later.log == earlier.log { return earlier.seq < later.seq }
        var (log, seq) = (later.log, later.seq)
        while true {
            if log == earlier.log { return earlier.seq <= seq }
            if steps(of: log, about: earlier.log).firstSight(of: earlier.seq) <= seq {
                return true
            }
            guard let branch = branch(of: log) else { return false }
            (log, seq) = (branch.parent, min(seq, branch.from - 1))
        }
    }

    /// The highest seq of another history in sight of an entry; 0 for none.
    package func reach(of entry: EntryRef, about other: LogIndex) -> UInt64 {
        var (log, seq) = (entry.log, entry.seq)
        var reach: UInt64 = 0
        while true {
            if log == other { return max(reach, log == entry.log ? seq - 1 : seq) }
            reach = max(reach, steps(of: log, about: other).reach(at: seq))
            guard let branch = branch(of: log) else { return reach }
            (log, seq) = (branch.parent, min(seq, branch.from - 1))
        }
    }

    /// From which seq of a history on an entry was in sight; `SeenSteps.never` for never.
    package func firstSight(of entry: EntryRef, from log: LogIndex) -> UInt64 {
        if log == entry.log { return entry.seq + 1 }
        let own = steps(of: log, about: entry.log).firstSight(of: entry.seq)
        guard let branch = branch(of: log) else { return own }
        if isBefore(entry, inLogOf: EntryRef(log, branch.from)) { return entry.seq + 1 }
        let inherited = firstSight(of: entry, from: branch.parent)
        return inherited < branch.from ? inherited : own
    }

    /// The parts of nodes that an entry's history goes through, each up to where it leaves it; that
    /// with the entry first.
    package func history(of entry: EntryRef) -> [EntryRef] {
        var parts = [entry]
        while let part = parts.last, let branch = branch(of: part.log) {
            parts.append(EntryRef(branch.parent, min(part.seq, branch.from - 1)))
        }
        return parts
    }

    /// From which seq of an entry's history on, up to the entry itself, an entry of another history
    /// was named, or a later one there; `SeenSteps.never` for never.
    package func firstNaming(of named: EntryRef, by entry: EntryRef) -> UInt64 {
        history(of: entry).reduce(SeenSteps.never) { first, part in
            let at = steps(of: part.log, about: named.log).firstNaming(of: named.seq)
            return at <= part.seq ? min(first, at) : first
        }
    }

    /// Adds a naming whose place is held with the history that it names.
    package func add(
        _ log: LogIndex, at seq: UInt64, names other: LogIndex, upTo: UInt64,
        except runs: [ClosedRange<UInt64>]
    ) {
        _ = steps(of: log, about: other)
        known[place(of: log)].steps[other, default: SeenSteps()]
            .add(at: seq, upTo: upTo, except: runs)
    }

    /// Adds a naming of an entry with its history: what comes before its node is named as well.
    /// Gives the nodes that are named.
    package func add(
        _ log: LogIndex, at seq: UInt64, names entry: EntryRef, except runs: [ClosedRange<UInt64>]
    ) -> [LogIndex] {
        var nodes: [LogIndex] = []
        var next = (log: entry.log, upTo: entry.seq)
        while next.upTo > 0 {
            nodes.append(next.log)
            add(log, at: seq, names: next.log, upTo: next.upTo, except: runs)
            guard let branch = branch(of: next.log) else { break }
            next = (branch.parent, branch.from - 1)
        }
        return nodes
    }

    /// The steps of one log about another. Fetches nothing once all of the log's were fetched.
    package func steps(of log: LogIndex, about other: LogIndex) -> SeenSteps {
        let place = place(of: log)
        if let found = known[place].steps[other] { return found }
        guard known[place].isWhole == false else { return SeenSteps() }
        let steps = fetch(log, other)[other] ?? SeenSteps()
        known[place].steps[other] = steps
        return steps
    }

    /// Fetches all that a log names at once, and what the nodes before it do: where it is asked
    /// about many logs, each would be fetched by itself.
    package func prepare(_ log: LogIndex) {
        var next = log
        while true {
            let place = place(of: next)
            if known[place].isWhole == false {
                known[place].isWhole = true
                // What is there may have steps that were added.
                known[place].steps.merge(fetch(next, nil)) { known, _ in known }
            }
            guard let branch = branch(of: next) else { return }
            next = branch.parent
        }
    }

    /// All steps of one log, by the log that they are about.
    package func steps(of log: LogIndex) -> [LogIndex: SeenSteps] {
        prepare(log)
        return known[place(of: log)].steps.filter { $1.last > 0 }
    }

    /// All logs of which an entry of a log can have something in sight: the log itself, those that
    /// its history stands in, and what they name.
    package func logsInSight(from log: LogIndex) -> Set<LogIndex> {
        prepare(log)
        var logs: Set<LogIndex> = []
        var next: LogIndex? = log
        while let node = next {
            logs.insert(node)
            for (other, steps) in known[place(of: node)].steps where steps.last > 0 {
                logs.insert(other)
            }
            next = branch(of: node)?.parent
        }
        return logs
    }

    private func place(of log: LogIndex) -> Int {
        let place = Int(log.raw)
        if place >= known.count {
            known += repeatElement(Known(), count: place + 1 - known.count)
        }
        return place
    }

    private func branch(of log: LogIndex) -> LogTable.Branch? {
        Int(log.raw) < branches.count ? branches[Int(log.raw)] : nil
    }

    private func fetch(_ log: LogIndex, _ about: LogIndex?) -> [LogIndex: SeenSteps] {
        do throws(Failure) { return try load(log, about) } catch {
            failure = failure ?? error
            return [:]
        }
    }
}
