// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// Applies a kind's rules across fields: what the author of a closing write had not seen.
///
/// A rule looks at every write that still stands and had not itself seen the closing, and holds
/// for those that the closing had not seen either. What was written in sight of the closing is work
/// after it.
struct RuleCheck {
    let evaluator: Evaluator
    let state: RecordState

    private var plan: KindPlan { evaluator.plan }

    /// What was found, and what the status reads while one of the findings suspends it.
    func conflicts(_ fields: [FieldView]) -> (conflicts: [Conflict], suspended: String?) {
        var found: [Conflict] = []
        var suspended: String?
        for plan in plan.rules where suspended == nil {
            let closings = broken(plan, fields)
            guard closings.isEmpty == false else { continue }
            if case .suspend(let reading) = plan.rule.effect { suspended = reading }
            found.append(conflict(plan, closings, on: self.plan.kind.fields[plan.field], suspended))
        }
        for view in fields {
            guard case .tally(let sums) = view.content else { continue }
            found += sums.compactMap { sum in
                conflict(on: sum.key, sum.value, plan.kind.fields[view.index])
            }
        }
        return (found, suspended)
    }

    private func conflict(
        _ plan: RulePlan, _ closings: [LiveWrite], on field: Field, _ suspended: String?
    ) -> Conflict {
        let rule = plan.rule
        let guarded = suspended == nil ? [] : plan.values.map { EncodedValue($0) }
        let finding = RecordFinding(
            name: rule.name, rule: rule.number, sentence: rule.sentence, field: rule.field,
            guarded: guarded, urgency: plan.urgency)
        var sides = closings.map { closing in
            Conflict.Side(
                field: field, entry: closing.place, time: closing.time, value: closing.value)
        }
        for cause in plan.unseen {
            for side in unseen(cause, of: plan, by: closings) where sides.contains(side) == false {
                guard sides.count < Conflict.sideLimit else { break }
                sides.append(side)
            }
        }
        let choices = field.choices.map { EncodedValue(.text($0)) }
        let shown = closings.first?.value ?? .null
        return Conflict(
            field: field, key: "", sides: sides,
            shown: suspended.map { .suspended($0) } ?? .value(shown), cause: .finding(finding),
            settlers: guarded.isEmpty ? field.writers : rule.settlers.intersection(field.writers),
            way: .value(
                choices.filter { guarded.contains($0) == false } + guarded), urgency: plan.urgency)
    }

    private func conflict(on key: String, _ sum: Int128, _ field: Field) -> Conflict? {
        let isOutOfRange = Int64(exactly: sum) == nil
        guard isOutOfRange || sum < 0 else { return nil }
        let sentence =
            isOutOfRange
            ? "The count of '\(key)' is beyond what can be counted: \(sum)."
            : "The count of '\(key)' is below zero: \(sum)."
        let finding = RecordFinding(
            name: isOutOfRange ? "count-out-of-range" : "negative-count", rule: "C21",
            sentence: sentence, field: field.name, guarded: [], urgency: 1)
        return Conflict(
            field: field, key: key, sides: [], shown: .count(sum), cause: .finding(finding),
            settlers: field.writers, way: .count, urgency: 1)
    }

    /// The closings that stand and whose authors had not seen one of the causes; none unless the
    /// field reads as the rule says.
    private func broken(_ rule: RulePlan, _ fields: [FieldView]) -> [LiveWrite] {
        guard let view = fields.first(where: { $0.index == rule.field }),
            case .registers(let registers) = view.content,
            rule.values.contains(view.shown.bytes)
        else { return [] }
        return registers.flatMap(\.live).filter { write in
            rule.values.contains(write.value.bytes)
                && rule.unseen.contains { isUnseen($0, of: rule, by: closing(rule, write)) }
        }
    }

    /// The writes of one cause that one of the closings had not seen, nor they it.
    private func unseen(
        _ cause: RulePlan.Cause, of rule: RulePlan, by closings: [LiveWrite]
    ) -> [Conflict.Side] {
        closings.map { closing(rule, $0) }.flatMap { closing in
            switch cause {
            case .part(let field):
                partsUnseen(
                    plan.fields[field], of: rule, by: closing, limit: Conflict.sideLimit)
            case .moreCautious(let field):
                moreCautiousUnseen(plan.fields[field], by: closing).map { write in
                    Conflict.Side(
                        field: plan.kind.fields[field], entry: write.ref, time: write.time,
                        value: evaluator.value(write))
                }
            }
        }
    }

    /// A write that a rule asks what its author had seen.
    private struct Closing {
        let ref: EntryRef
        /// From which vocabulary number on others could see it.
        let since: UInt64
    }

    private func closing(_ rule: RulePlan, _ write: LiveWrite) -> Closing {
        let act = state.acts(of: rule.field).first {
            $0.act == .write && $0.ref == write.place && $0.value == write.value.bytes
        }
        let since = act.map { plan.fields[rule.field].since.number(of: $0) }
        return Closing(ref: write.place, since: since ?? 1)
    }

    private func isUnseen(
        _ cause: RulePlan.Cause, of rule: RulePlan, by closing: Closing
    ) -> Bool {
        switch cause {
        case .part(let field):
            partsUnseen(plan.fields[field], of: rule, by: closing, limit: 1).isEmpty == false
        case .moreCautious(let field):
            moreCautiousUnseen(plan.fields[field], by: closing).isEmpty == false
        }
    }

    /// The first parts that stand and that were added without sight of a closing, which had not
    /// seen them.
    private func partsUnseen(
        _ field: FieldPlan, of rule: RulePlan, by closing: Closing, limit: Int
    ) -> [Conflict.Side] {
        let acts = state.acts(of: field.index)
        let added = acts.filter { $0.act == .parts && $0.log != closing.ref.log }
        guard added.isEmpty == false else { return [] }
        var unseen: [Conflict.Side] = []
        var void: Set<PartName>?
        for act in added {
            let since = field.since.number(of: act)
            for seq in PartSeqs(packed: act.value).seqs {
                let part = EntryRef(act.log, seq)
                if evaluator.seen.hasSeen(part, closing.ref, since: closing.since) {
                    // Sight only grows along a log: all later ones had seen the closing too.
                    if closing.since <= 1 { break } else { continue }
                }
                if evaluator.seen.hasSeen(closing.ref, part, since: since) { continue }
                let known = void ?? voidParts(field, acts, for: rule)
                void = known
                guard known.contains(PartName(evaluator.logs.entry(at: part))) == false else {
                    continue
                }
                unseen.append(
                    Conflict.Side(
                        field: plan.kind.fields[field.index], entry: part, time: act.time,
                        value: .null))
                if unseen.count == limit { return unseen }
            }
        }
        return unseen
    }

    /// Who may not decide on a closing does not void what suspends it either, but for what stands
    /// in their own log.
    private func voidParts(
        _ field: FieldPlan, _ acts: ArraySlice<LastAct>, for rule: RulePlan
    ) -> Set<PartName> {
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
    }

    /// The values that stand and are more protective than all that the closing's author had seen
    /// or written by then, where the two were written without sight of each other.
    private func moreCautiousUnseen(_ field: FieldPlan, by closing: Closing) -> [LastAct] {
        guard let ranking = field.ranking else { return [] }
        let acts = state.acts(of: field.index).filter { $0.act == .write }
        // Who closes and says in the same entry how bad it is knows what they say.
        let isKnown = { (write: LastAct) in
            write.ref == closing.ref
                || evaluator.seen.hasSeen(
                    closing.ref, write.ref, since: field.since.number(of: write))
        }
        let known = acts.filter { isKnown($0) && ranking.isKnown($0.value) }
        let worst = known.min { ranking.isMoreCautious($0, $1) == true }
        let shown = evaluator.live(field, acts[...]).min { ranking.isMoreCautious($0, $1) == true }
        return acts.filter { write in
            // It stands until someone eases it; who confirms it has not decided on the closing.
            shown.map { ranking.isMoreCautious(write, $0) != true } ?? false
                && ranking.isLeastCautious(write.value) == false
                && isKnown(write) == false
                && evaluator.seen.hasSeen(write.ref, closing.ref, since: closing.since) == false
                && (ranking.isKnown(write.value) == false
                    || worst.map { ranking.isMoreCautious(write, $0) == true } ?? true)
        }
    }
}
