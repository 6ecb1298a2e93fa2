// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// From a record's folded state to what people see.
struct RecordEvaluation {
    private let evaluator: Evaluator

    init(
        kind: Kind, seen: SeenTable, logs: LogTable, role: @escaping (LogIndex) -> Role?
    ) {
        evaluator = Evaluator(kind: kind, seen: seen, logs: logs, role: role)
    }

    func view(_ place: Place, _ state: RecordState) -> RecordView {
        let fields = evaluator.fields(state)
        let (findings, suspended) = RuleCheck(evaluator: evaluator, state: state).findings(fields)
        return RecordView(
            place: place, id: evaluator.logs.entry(at: place), kind: evaluator.kind,
            fields: fields, findings: findings, suspended: suspended)
    }

    /// What became of the parts of one field, by the part's encoded link.
    func partActs(_ state: RecordState, of field: Int) -> [Evaluator.PartAct] {
        evaluator.partActs(state.cells(of: field))
    }
}
