// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// What a rule asks the closings about, of one field: worked out once for all of them.
protocol UnseenCause {
    /// Gives the writes that a closing's author had not seen, nor their authors the closing, until
    /// the answer is false.
    func forEachUnseen(by closing: Closing, _ goesOn: (Conflict.Side) -> Bool)
}

extension UnseenCause {
    func hasUnseen(by closing: Closing) -> Bool {
        var isUnseen = false
        forEachUnseen(by: closing) { _ in
            isUnseen = true
            return false
        }
        return isUnseen
    }
}

/// The parts that stand and that were added without sight of a closing, which had not seen them.
final class UnseenParts: UnseenCause {
    private let rule: RulePlan
    private let field: FieldPlan
    private let evaluator: Evaluator
    private let acts: ArraySlice<LastAct>
    private let added: [LastAct]

    init(rule: RulePlan, field: FieldPlan, _ evaluator: Evaluator, _ state: RecordState) {
        self.rule = rule
        self.field = field
        self.evaluator = evaluator
        acts = state.acts(of: field.index)
        added = acts.filter { $0.act == .parts }
    }

    func forEachUnseen(by closing: Closing, _ goesOn: (Conflict.Side) -> Bool) {
        for act in added where act.log != closing.ref.log {
            let since = field.since.number(of: act)
            for seq in PartSeqs(packed: act.value).seqs {
                let part = EntryRef(act.log, seq)
                // Whoever saw a repeat of the closing may have seen it reopened since.
                if evaluator.seen.hasSeenItself(part, closing.ref, since: closing.since) {
                    // Sight only grows along a log: all later ones had seen the closing too.
                    if closing.since <= 1 { break } else { continue }
                }
                if evaluator.seen.hasSeen(closing.ref, part, since: since) { continue }
                guard void.contains(PartName(evaluator.logs.entry(at: part))) == false else {
                    continue
                }
                let side = Conflict.Side(
                    field: evaluator.plan.kind.fields[field.index], entry: part, time: act.time,
                    value: .null)
                guard goesOn(side) else { return }
            }
        }
    }

    /// Who may not decide on a closing does not void what suspends it either, but for what stands
    /// in their own log.
    private lazy var void: Set<PartName> = {
        let void = evaluator.partActs(field, acts).filter { $0.verdict == .void }
        guard case .suspend = rule.rule.effect else { return Set(void.map(\.part)) }
        return Set(
            void.filter { part in
                part.live.contains { act in
                    evaluator.logs.id(of: act.place.log) == part.part.id.log
                        || evaluator.seen.role(at: act.place).map {
                            rule.rule.settlers.allows($0)
                        } ?? false
                }
            }.map(\.part))
    }()
}

/// The values that stand and are more protective than what the closing's author read or wrote by
/// then, where the two were written without sight of each other.
struct UnseenHarm: UnseenCause {
    private let field: FieldPlan
    private let ranking: Ranking?
    private let evaluator: Evaluator
    private let writes: [LastAct]
    private let inSight: ActsInSight
    /// Those that nobody has eased, for who confirms one has not decided on the closing: the most
    /// protective first, and by themselves those whose value has no place in that order.
    private let (known, unknown): ([Int], [Int])

    init(field: FieldPlan, _ evaluator: Evaluator, _ state: RecordState) {
        self.field = field
        self.evaluator = evaluator
        ranking = field.ranking
        let acts = state.acts(of: field.index)
        let writes = acts.filter { $0.act == .write }
        self.writes = writes
        inSight = ActsInSight(writes, evaluator.seen)
        guard let ranking = field.ranking,
            let shown = evaluator.live(field, acts).min(by: {
                ranking.isMoreCautious($0, $1) == true
            })
        else {
            (known, unknown) = ([], [])
            return
        }
        let standing = writes.indices.filter { place in
            ranking.isMoreCautious(writes[place], shown) != true
                && ranking.isLeastCautious(writes[place].value) == false
        }
        known = standing.filter { ranking.isKnown(writes[$0].value) }
            .sorted { ranking.isMoreCautious(writes[$0], writes[$1]) == true }
        unknown = standing.filter { ranking.isKnown(writes[$0].value) == false }
    }

    func forEachUnseen(by closing: Closing, _ goesOn: (Conflict.Side) -> Bool) {
        guard let ranking, known.isEmpty == false || unknown.isEmpty == false else { return }
        let seen = evaluator.seen
        // Who closes and says in the same entry how bad it is knows what they say.
        let sight = Set(
            inSight.places(from: closing.ref.log).filter { place in
                let write = writes[place]
                return write.ref == closing.ref
                    || seen.hasSeen(closing.ref, write.ref, since: field.since.number(of: write))
            })
        // What somebody had eased in their sight they did not read any more.
        let read = evaluator.live(field, sight.sorted().map { writes[$0] }[...])
        let worst = read.filter { ranking.isKnown($0.value) }
            .min { ranking.isMoreCautious($0, $1) == true }
        let news = known.prefix { place in
            worst.map { ranking.isMoreCautious(writes[place], $0) == true } ?? true
        }
        for place in [news, unknown[...]].joined() where sight.contains(place) == false {
            let write = writes[place]
            guard seen.hasSeenItself(write.ref, closing.ref, since: closing.since) == false
            else { continue }
            let side = Conflict.Side(
                field: evaluator.plan.kind.fields[field.index], entry: write.ref, time: write.time,
                value: evaluator.value(write))
            guard goesOn(side) else { return }
        }
    }
}
