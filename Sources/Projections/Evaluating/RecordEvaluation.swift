// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// From a record's folded state to what people see.
struct RecordEvaluation {
    let plan: KindPlan
    private let evaluator: Evaluator

    init(
        plan: KindPlan, seen: SeenTable, logs: LogTable, role: @escaping (LogIndex) -> Role?
    ) {
        self.plan = plan
        evaluator = Evaluator(plan: plan, seen: seen, logs: logs, role: role)
    }

    func view(_ place: Place, _ state: RecordState) -> RecordView {
        let fields = evaluator.fields(state)
        let (findings, suspended) = RuleCheck(evaluator: evaluator, state: state).findings(fields)
        return RecordView(
            place: place, id: evaluator.logs.entry(at: place), kind: plan.kind,
            fields: fields, findings: findings, suspended: suspended)
    }

    /// What the state digest is taken over.
    func canonical(_ view: RecordView, _ state: RecordState) -> [UInt8] {
        CanonicalRecord(plan: plan, logs: evaluator.logs).bytes(view, state)
    }

    /// What became of the parts of one field, by the part's encoded link.
    func partActs(_ state: RecordState, of field: Int) -> [Evaluator.PartAct] {
        evaluator.partActs(state.cells(of: field))
    }
}
