// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// Applies a kind's rules across fields: what the author of a write had not seen.
package struct RuleCheck {
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
            for (key, sum) in sums.sorted(by: { $0.key < $1.key }) where sum < 0 {
                found.append(
                    RecordFinding(
                        name: "negative-count", rule: "C21",
                        sentence: "The count of '\(key)' is below nothing: \(sum).",
                        field: plan.kind.fields[view.index].name, urgency: 1))
            }
        }
        return (found, suspended)
    }

    private func isBroken(_ rule: RulePlan, _ fields: [FieldView]) -> Bool {
        guard let view = fields.first(where: { $0.index == rule.field }),
            case .registers(let registers) = view.content,
            rule.values.contains(view.shown.bytes)
        else { return false }
        return registers.contains { register in
            register.live.contains { write in
                rule.values.contains(write.value.bytes)
                    && rule.unseen.contains { isUnseen($0, by: write.place) }
            }
        }
    }

    private func isUnseen(_ cause: RulePlan.Cause, by write: EntryRef) -> Bool {
        switch cause {
        case .part(let field): state.cells(of: field).contains { isAnyUnseen($0, by: write) }
        case .moreCautious(let field): isMoreCautiousUnseen(plan.fields[field], by: write)
        }
    }

    /// Whether one of a log's parts and a write were made without sight of each other. What was
    /// added by someone who had seen the write is no clash.
    private func isAnyUnseen(_ cell: LastAct, by write: EntryRef) -> Bool {
        guard cell.act == .parts, cell.log != write.log else { return false }
        let known = evaluator.seen.seen(by: write, of: cell.log)
        guard let first = PartSeqs(packed: cell.value).first(after: known) else { return false }
        return evaluator.seen.hasSeen(EntryRef(cell.log, first), write) == false
    }

    /// Whether someone wrote a more protective value than any that the author had seen or written.
    private func isMoreCautiousUnseen(_ field: FieldPlan, by write: EntryRef) -> Bool {
        guard let ranking = field.ranking else { return false }
        let cells = state.cells(of: field.index)
        let known = cells.filter { $0.log == write.log || evaluator.seen.hasSeen(write, $0.place) }
        return cells.contains { cell in
            known.contains(cell) == false
                && evaluator.seen.hasSeen(cell.place, write) == false
                && ranking.isLeastCautious(cell.value) == false
                && known.allSatisfy { ranking.isMoreCautious(cell.value, $0.value) == true }
        }
    }
}
