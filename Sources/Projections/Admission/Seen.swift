// SPDX-License-Identifier: MIT
import Basics
package import Events
package import Merging

/// What the author of an entry had seen of what another entry says: sight, through gates that
/// follow from entries alone.
///
/// *w* has seen *c* if c is in sight of w and, unless both are in one log, the enrolment by which c
/// counts is too, and the vocabulary that w's program stated last knows what c wrote. Who has seen
/// a repeat of c that leads to it has seen c.
package final class Seen {
    package let causality: Causality
    package let repeats: RepeatedEntries
    private let hasRepeats: Bool
    private let admissions: [Admission?]
    private let vocabularies: [VocabularySteps]

    /// `admissions` and `vocabularies` are by the numbers of logs.
    package init(
        _ causality: Causality, admissions: [Admission?], vocabularies: [VocabularySteps],
        repeats: RepeatedEntries
    ) {
        self.causality = causality
        self.admissions = admissions
        self.vocabularies = vocabularies
        self.repeats = repeats
        hasRepeats = repeats.isEmpty == false
    }

    /// Whether `later` had seen what `earlier` wrote, which vocabularies know from number `since`
    /// on.
    package func hasSeen(_ later: EntryRef, _ earlier: EntryRef, since: UInt64) -> Bool {
        if hasSeenItself(later, earlier, since: since) { return true }
        guard hasRepeats else { return false }
        let others = repeats.repeats(of: earlier)
        // Within one log its order alone decides.
        guard others.isEmpty == false, later != earlier,
            causality.isBefore(later, inLogOf: earlier) == false
        else { return false }
        return others.contains { hasSeenItself(later, $0, since: since) }
    }

    /// From which seq of a history on an entry, or a repeat of it, was in sight, or before.
    func firstSight(of entry: EntryRef, from log: LogIndex) -> UInt64 {
        let own = causality.firstSight(of: entry, from: log)
        guard hasRepeats else { return own }
        return repeats.repeats(of: entry).reduce(own) {
            min($0, causality.firstSight(of: $1, from: log))
        }
    }

    /// The same without regard of what repeats the earlier one.
    package func hasSeenItself(
        _ later: EntryRef, _ earlier: EntryRef, since: UInt64
    ) -> Bool {
        guard causality.hasInSight(later, earlier) else { return false }
        if causality.isBefore(earlier, inLogOf: later) { return true }
        if let by = admission(earlier.log)?.span(at: earlier.seq)?.by, by != later,
            causality.hasInSight(later, by) == false
        {
            return false
        }
        return since <= 1 || vocabulary(of: later) >= since
    }

    /// What the author of an entry was enrolled as; nil if the entry does not count.
    package func admission(_ log: LogIndex) -> Admission? {
        Int(log.raw) < admissions.count ? admissions[Int(log.raw)] : nil
    }

    /// What its author was at an entry; nil if the entry does not count.
    package func role(at entry: EntryRef) -> Role? {
        admission(entry.log)?.role(at: entry.seq)
    }

    private func vocabulary(of entry: EntryRef) -> UInt64 {
        guard Int(entry.log.raw) < vocabularies.count else { return VocabularySteps.first }
        return vocabularies[Int(entry.log.raw)].number(at: entry.seq)
    }
}

/// Which vocabulary number one log had stated last at each of its entries.
package struct VocabularySteps: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package let at: UInt64
        package let number: UInt64
        /// How often a lower one than that before had been stated by then.
        package let descents: UInt8
    }

    /// By rising `at`.
    package private(set) var steps: [Step] = []

    /// How many goings back to a lower number are told apart; all later ones count as the last.
    package static let descentLimit: UInt8 = 8

    /// What holds before a log states any.
    package static let first: UInt64 = 1

    package init() {}

    /// Takes in a statement that comes after those before.
    package mutating func add(_ number: UInt64, at seq: UInt64) {
        let before = steps.last?.number ?? VocabularySteps.first
        guard number != before else { return }
        let descents = steps.last?.descents ?? 0
        let isLower = number < before && descents < VocabularySteps.descentLimit
        steps.append(Step(at: seq, number: number, descents: descents + (isLower ? 1 : 0)))
    }

    package func number(at seq: UInt64) -> UInt64 {
        step(at: seq)?.number ?? VocabularySteps.first
    }

    /// How often the log had gone back to a lower number by an entry. In between it only went up,
    /// so that what it had seen only grew.
    package func descents(at seq: UInt64) -> UInt8 { step(at: seq)?.descents ?? 0 }

    private func step(at seq: UInt64) -> Step? {
        let next = steps.firstPlace(fromWhich: { $0.at > seq })
        return next == 0 ? nil : steps[next - 1]
    }
}

extension VocabularySteps {
    /// The steps as bytes for the index.
    package var packed: [UInt8] {
        var out: [UInt8] = []
        for step in steps {
            Varint.append(step.at, to: &out)
            Varint.append(step.number, to: &out)
        }
        return out
    }

    package init(packed: UnsafeRawBufferPointer) {
        var offset = 0
        while let at = Varint.read(packed, &offset), let number = Varint.read(packed, &offset) {
            add(number, at: at)
        }
    }
}
