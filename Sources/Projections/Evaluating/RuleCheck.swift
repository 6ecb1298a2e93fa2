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

    /// The findings, and what the status reads while one of them suspends it.
    func findings(_ fields: [FieldView]) -> (findings: [RecordFinding], suspended: String?) {
        var found: [RecordFinding] = []
        var suspended: String?
        for plan in plan.rules where suspended == nil && isBroken(plan, fields) {
            let rule = plan.rule
            found.append(
                RecordFinding(
                    name: rule.name, rule: rule.number, sentence: rule.sentence, field: rule.field,
                    urgency: plan.urgency))
            if case .suspend(let reading) = rule.effect { suspended = reading }
        }
        for view in fields {
            guard case .tally(let sums) = view.content else { continue }
            for (key, sum) in sums.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            ) {
                if let finding = finding(on: key, sum, plan.kind.fields[view.index].name) {
                    found.append(finding)
                }
            }
        }
        return (found, suspended)
    }

    private func finding(on key: String, _ sum: Int128, _ field: String) -> RecordFinding? {
        if Int64(exactly: sum) == nil {
            return RecordFinding(
                name: "count-out-of-range", rule: "C21",
                sentence: "The count of '\(key)' is beyond what can be counted: \(sum).",
                field: field, urgency: 1)
        }
        guard sum < 0 else { return nil }
        return RecordFinding(
            name: "negative-count", rule: "C21",
            sentence: "The count of '\(key)' is below nothing: \(sum).", field: field, urgency: 1)
    }

    private func isBroken(_ rule: RulePlan, _ fields: [FieldView]) -> Bool {
        guard let view = fields.first(where: { $0.index == rule.field }),
            case .registers(let registers) = view.content,
            rule.values.contains(view.shown.bytes)
        else { return false }
        return registers.contains { register in
            register.live.contains { write in
                rule.values.contains(write.value.bytes)
                    && rule.unseen.contains { isUnseen($0, by: closing(rule, write)) }
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

    private func isUnseen(_ cause: RulePlan.Cause, by closing: Closing) -> Bool {
        switch cause {
        case .part(let field): isPartUnseen(plan.fields[field], by: closing)
        case .moreCautious(let field): isMoreCautiousUnseen(plan.fields[field], by: closing)
        }
    }

    /// Whether a part that stands and a closing were made without sight of each other.
    private func isPartUnseen(_ field: FieldPlan, by closing: Closing) -> Bool {
        let acts = state.acts(of: field.index)
        let added = acts.filter { $0.act == .parts && $0.log != closing.ref.log }
        guard added.isEmpty == false else { return false }
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
                let known = void ?? voidParts(field, acts)
                void = known
                let name = PartName(evaluator.logs.entry(at: part))
                if known.contains(name) == false { return true }
            }
        }
        return false
    }

    private func voidParts(_ field: FieldPlan, _ acts: ArraySlice<LastAct>) -> Set<PartName> {
        Set(
            evaluator.partActs(field, acts).filter { $0.verdict == .void }.map(\.part))
    }

    /// Whether a value stands that is more protective than all that the closing's author had seen
    /// or written by then, and the two were written without sight of each other.
    private func isMoreCautiousUnseen(_ field: FieldPlan, by closing: Closing) -> Bool {
        guard let ranking = field.ranking else { return false }
        let acts = state.acts(of: field.index).filter { $0.act == .write }
        let isKnown = { (write: LastAct) in
            evaluator.seen.hasSeen(closing.ref, write.ref, since: field.since.number(of: write))
        }
        let known = acts.filter(isKnown)
        let worst = known.min { ranking.isMoreCautious($0, $1) == true }
        let shown = evaluator.live(field, acts[...]).min { ranking.isMoreCautious($0, $1) == true }
        return acts.contains { write in
            // It stands until someone eases it; who confirms it has not decided on the closing.
            shown.map { ranking.isMoreCautious(write, $0) != true } ?? false
                && ranking.isLeastCautious(write.value) == false
                && isKnown(write) == false
                && evaluator.seen.hasSeen(write.ref, closing.ref, since: closing.since) == false
                && worst.map { ranking.isMoreCautious(write, $0) == true } ?? true
        }
    }
}
