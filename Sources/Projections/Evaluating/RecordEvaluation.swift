// SPDX-License-Identifier: MIT
import Basics
import Events
package import Merging

/// From a record's folded state to what people see.
package struct RecordEvaluation {
    package let plan: KindPlan
    private let evaluator: Evaluator

    private static let fewAuthors = 16

    package init(plan: KindPlan, seen: Seen, logs: LogTable) {
        self.plan = plan
        evaluator = Evaluator(plan: plan, seen: seen, logs: logs)
    }

    package func view(_ ref: EntryRef, _ state: RecordState) -> RecordView {
        // Each of many authors is asked about each other.
        if state.folded.count > RecordEvaluation.fewAuthors {
            for entry in state.folded { evaluator.seen.causality.prepare(entry.log) }
        }
        let fields = evaluator.fields(state)
        let (found, suspended) = RuleCheck(evaluator: evaluator, state: state).conflicts(fields)
        return RecordView(
            place: ref, id: evaluator.logs.entry(at: ref), kind: plan.kind, fields: fields,
            conflicts: evaluator.conflicts(fields, state) + found, suspended: suspended)
    }

    /// What the state digest is taken over.
    package func canonical(_ view: RecordView, _ state: RecordState) -> [UInt8] {
        CanonicalRecord(plan: plan, logs: evaluator.logs).bytes(view, state)
    }

    /// What became of the parts of one field, by the part's encoded link.
    package func partActs(_ state: RecordState, of field: Int) -> [Evaluator.PartAct] {
        evaluator.partActs(plan.fields[field], state.acts(of: field))
    }
}
