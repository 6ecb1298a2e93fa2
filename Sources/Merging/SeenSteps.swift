// SPDX-License-Identifier: MIT
import Basics

/// What one log's entries had in sight of one other log: a version vector's entry for that log, at
/// every place of the own one.
///
/// Each step says of a run of the other log's entries from which own seq on they were in sight.
/// Without exceptions this is a staircase that only rises. An entry that a base excepted is in
/// sight later than its neighbours, or never.
package struct SeenSteps: Hashable, Sendable {
    /// The other log's entries after the step before and up to `upTo` are in sight of the own entry
    /// `at` and all later ones; `never` stands for those that are not in sight yet.
    package struct Step: Hashable, Sendable {
        package let upTo: UInt64
        package let at: UInt64

        package init(upTo: UInt64, at: UInt64) {
            self.upTo = upTo
            self.at = at
        }
    }

    package static let never = UInt64.max

    /// By rising `upTo`; neighbours differ in `at`; the last one is not `never`.
    package private(set) var steps: [Step] = []
    private var isStaircase = true

    package init() {}

    /// Takes in that the own entry `at` names the other log up to `upTo`, all but some runs.
    ///
    /// Exceptions take nothing away that was in sight by another naming: the order of these calls
    /// does not matter.
    package mutating func add(
        at: UInt64, upTo: UInt64, except runs: [ClosedRange<UInt64>] = []
    ) {
        if runs.isEmpty, isStaircase, at >= steps.last?.at ?? 0 {
            guard upTo > steps.last?.upTo ?? 0 else { return }
            if steps.last?.at == at { steps.removeLast() }
            return steps.append(Step(upTo: upTo, at: at))
        }
        lower(to: at, upTo: upTo, except: runs)
    }

    /// From which own seq on an entry of the other log was in sight.
    package func firstSight(of seq: UInt64) -> UInt64 {
        let place = steps.firstPlace(fromWhich: { $0.upTo >= seq })
        return place < steps.count ? steps[place].at : SeenSteps.never
    }

    /// From which own seq on an entry of the other log, or a later one, was named.
    package func firstNaming(of seq: UInt64) -> UInt64 {
        let place = steps.firstPlace(fromWhich: { $0.upTo >= seq })
        guard isStaircase == false else {
            return place < steps.count ? steps[place].at : SeenSteps.never
        }
        return steps[place...].reduce(SeenSteps.never) { min($0, $1.at) }
    }

    /// The highest seq of the other log in sight of the own entry `seq`; 0 for none.
    package func reach(at seq: UInt64) -> UInt64 {
        guard isStaircase else { return steps.last { $0.at <= seq }?.upTo ?? 0 }
        let next = steps.firstPlace(fromWhich: { $0.at > seq })
        return next > 0 ? steps[next - 1].upTo : 0
    }

    /// The runs below the reach of the own entry `seq` that are not in sight of it.
    package func holes(at seq: UInt64) -> [ClosedRange<UInt64>] {
        guard isStaircase == false else { return [] }
        let reach = reach(at: seq)
        var holes: [ClosedRange<UInt64>] = []
        var last: UInt64 = 0
        for step in steps where step.upTo <= reach {
            if step.at > seq { holes.append(last + 1...step.upTo) }
            last = step.upTo
        }
        return holes
    }

    /// The same of a history: up to where this node begins, what was in sight of the one before it.
    package func going(onFrom parent: SeenSteps, at first: UInt64) -> SeenSteps {
        guard first > 1 else { return self }
        var all = SeenSteps()
        for step in parent.steps where all.last < first - 1 {
            all.append(Step(upTo: min(step.upTo, first - 1), at: step.at))
        }
        if all.last < first - 1 { all.append(Step(upTo: first - 1, at: SeenSteps.never)) }
        for step in steps where step.upTo >= first { all.append(step) }
        while all.steps.last?.at == SeenSteps.never { all.steps.removeLast() }
        all.isStaircase = zip(all.steps, all.steps.dropFirst()).allSatisfy { $0.at < $1.at }
        return all
    }

    /// The highest seq that was ever in sight.
    package var last: UInt64 { steps.last?.upTo ?? 0 }

    private mutating func lower(
        to at: UInt64, upTo: UInt64, except runs: [ClosedRange<UInt64>]
    ) {
        // One walk along the steps, the runs and the end: a log may be named as often as it has
        // entries.
        let old = steps
        steps = []
        steps.reserveCapacity(old.count + 2 * runs.count + 1)
        let end = max(upTo, old.last?.upTo ?? 0)
        var (last, before, run): (UInt64, Int, Int) = (0, 0, 0)
        while last < end {
            while run < runs.count, runs[run].upperBound <= last { run += 1 }
            let isExcepted = run < runs.count && runs[run].lowerBound <= last + 1
            var next = last < upTo ? min(end, upTo) : end
            if run < runs.count {
                next = min(next, isExcepted ? runs[run].upperBound : runs[run].lowerBound - 1)
            }
            var known = SeenSteps.never
            if before < old.count {
                next = min(next, old[before].upTo)
                known = old[before].at
            }
            let isNamed = last < upTo && isExcepted == false
            append(Step(upTo: next, at: isNamed ? min(known, at) : known))
            if before < old.count, old[before].upTo == next { before += 1 }
            last = next
        }
        while steps.last?.at == SeenSteps.never { steps.removeLast() }
        isStaircase = zip(steps, steps.dropFirst()).allSatisfy { $0.at < $1.at }
    }

    private mutating func append(_ step: Step) {
        if steps.last?.at == step.at { steps.removeLast() }
        steps.append(step)
    }
}

extension SeenSteps {
    /// The steps as bytes for the index: how many entries, and the own seq or 0 for never, each in
    /// groups of seven bits.
    package var packed: [UInt8] {
        var out: [UInt8] = []
        var last: UInt64 = 0
        for step in steps {
            Varint.append(step.upTo - last, to: &out)
            Varint.append(step.at == SeenSteps.never ? 0 : step.at, to: &out)
            last = step.upTo
        }
        return out
    }

    /// Nil for bytes that `packed` did not write.
    package init?(packed: UnsafeRawBufferPointer) {
        var offset = 0
        var last: UInt64 = 0
        while offset < packed.count {
            guard let count = Varint.read(packed, &offset), let at = Varint.read(packed, &offset),
                count > 0, count <= UInt64.max - last
            else { return nil }
            last += count
            steps.append(Step(upTo: last, at: at == 0 ? SeenSteps.never : at))
        }
        isStaircase = zip(steps, steps.dropFirst()).allSatisfy { $0.at < $1.at }
    }
}

extension SeenSteps {
    /// How many runs one naming leaves out at most: a header has room for no more.
    package static let runLimit = 64

    /// What the next own entry can newly say of the other log, of which all up to `end` is held:
    /// how far it is named, and which runs are left out; nil if that says nothing new.
    ///
    /// `waiting` are the seqs, rising, that may not be named. What was in sight stays in sight, so
    /// that a run may leave it out: all up to where the log was named before is one run, and
    /// however many there are, each naming comes further.
    package func next(
        upTo end: UInt64, without waiting: [UInt64]
    ) -> (upTo: UInt64, except: [ClosedRange<UInt64>])? {
        var upTo = end
        var runs = runs(waiting.filter { $0 <= end && firstSight(of: $0) == SeenSteps.never })
        if runs.count > SeenSteps.runLimit {
            upTo = runs[SeenSteps.runLimit].lowerBound - 1
            runs.removeLast(runs.count - SeenSteps.runLimit)
        }
        if let run = runs.last, run.upperBound >= upTo {
            upTo = run.lowerBound - 1
            runs.removeLast()
        }
        guard upTo > last || closesHole(upTo: upTo, except: runs) else { return nil }
        return (upTo, runs)
    }

    /// Whether something below the reach that is not in sight would come into sight.
    private func closesHole(upTo: UInt64, except runs: [ClosedRange<UInt64>]) -> Bool {
        holes(at: SeenSteps.never - 1).contains { hole in
            guard hole.lowerBound <= upTo else { return false }
            let named = hole.lowerBound...min(hole.upperBound, upTo)
            return runs.contains {
                $0.lowerBound <= named.lowerBound && named.upperBound <= $0.upperBound
            } == false
        }
    }

    /// Runs that leave out some seqs, and nothing that is not in sight.
    private func runs(_ seqs: [UInt64]) -> [ClosedRange<UInt64>] {
        let unseen = holes(at: SeenSteps.never - 1)
        var runs: [ClosedRange<UInt64>] = []
        for seq in seqs {
            if let last = runs.last, areSeen(last.upperBound + 1, before: seq, unseen) {
                runs[runs.count - 1] = last.lowerBound...seq
            } else {
                runs.append(seq...seq)
            }
        }
        return runs
    }

    /// Whether all from one seq to the one before another are in sight.
    private func areSeen(
        _ first: UInt64, before end: UInt64, _ unseen: [ClosedRange<UInt64>]
    ) -> Bool {
        guard first < end else { return true }
        guard end - 1 <= last else { return false }
        let place = unseen.firstPlace(fromWhich: { $0.upperBound >= first })
        return place == unseen.count || unseen[place].lowerBound >= end
    }
}
