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
            let closings = closings(plan, fields)
            guard closings.isEmpty == false else { continue }
            let causes = plan.unseen.map { cause(plan, $0) }
            let broken = closings.filter { closing in
                causes.contains { $0.hasUnseen(by: closing) }
            }
            guard broken.isEmpty == false else { continue }
            if case .suspend(let reading) = plan.rule.effect { suspended = reading }
            found.append(conflict(plan, broken, causes, suspended))
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
        _ plan: RulePlan, _ closings: [Closing], _ causes: [any UnseenCause], _ suspended: String?
    ) -> Conflict {
        let (rule, field) = (plan.rule, self.plan.kind.fields[plan.field])
        let guarded = suspended == nil ? [] : plan.values.map { EncodedValue($0) }
        let finding = RecordFinding(
            name: rule.name, rule: rule.number, sentence: rule.sentence, field: rule.field,
            guarded: guarded, urgency: plan.urgency)
        // However many closings there are, some of what they had not seen is named.
        var sides = closings.prefix(Conflict.sideLimit / 2).map { closing in
            let write = closing.write
            return Conflict.Side(
                field: field, entry: write.place, time: write.time, value: write.value)
        }
        for cause in causes {
            for closing in closings where sides.count < Conflict.sideLimit {
                cause.forEachUnseen(by: closing) { side in
                    if sides.contains(side) == false { sides.append(side) }
                    return sides.count < Conflict.sideLimit
                }
            }
        }
        let choices = field.choices.map { EncodedValue(.text($0)) }
        let shown = closings.first?.write.value ?? .null
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

    /// The closings that stand; none unless the field reads as the rule says.
    private func closings(_ rule: RulePlan, _ fields: [FieldView]) -> [Closing] {
        guard let view = fields.first(where: { $0.index == rule.field }),
            case .registers(let registers) = view.content,
            rule.values.contains(view.shown.bytes)
        else { return [] }
        let live = registers.flatMap(\.live).filter { rule.values.contains($0.value.bytes) }
        guard live.isEmpty == false else { return [] }
        let since = plan.fields[rule.field].since
        let acts = Dictionary(
            grouping: state.acts(of: rule.field).filter { $0.act == .write }, by: \.ref)
        return live.map { write in
            let act = acts[write.place]?.first { $0.value == write.value.bytes }
            return Closing(write: write, since: act.map { since.number(of: $0) } ?? 1)
        }
    }

    private func cause(_ rule: RulePlan, _ cause: RulePlan.Cause) -> any UnseenCause {
        switch cause {
        case .part(let field):
            UnseenParts(rule: rule, field: plan.fields[field], evaluator, state)
        case .moreCautious(let field):
            UnseenHarm(field: plan.fields[field], evaluator, state)
        }
    }
}

/// A write that a rule asks what its author had seen.
struct Closing {
    let write: LiveWrite
    /// From which vocabulary number on others could see it.
    let since: UInt64

    var ref: EntryRef { write.place }
}
