// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

extension Evaluator {
    /// What people disagree on, by field and key.
    func conflicts(_ fields: [FieldView], _ state: RecordState) -> [Conflict] {
        var conflicts: [Conflict] = []
        for view in fields where view.isDisputed {
            let field = plan.kind.fields[view.index]
            switch view.content {
            case .registers(let registers):
                conflicts += registers.filter(\.isDisputed).map { conflict($0, field, view.index) }
            case .set(let elements, _):
                conflicts.append(conflict(elements, field, view.index, state))
            case .parts: conflicts += partConflicts(field, view.index, state)
            case .tally: continue
            }
        }
        return conflicts
    }

    private func conflict(
        _ register: FieldView.Register, _ field: Field, _ index: Int
    ) -> Conflict {
        let ranking = plan.fields[index].ranking
        let canonical = CanonicalOrder(logs)
        let live = register.live.sorted { left, right in
            if let ranking,
                let isFirst = ranking.isMoreCautious(left.value.bytes, right.value.bytes)
            {
                return isFirst
            }
            return left.time != right.time
                ? left.time < right.time : canonical.precedes(left.place, right.place)
        }
        // What is read stands until somebody decides: where nothing is more protective, it leads.
        let offered = ((ranking == nil ? [register.shown] : []) + live.map(\.value)).unique()
        return Conflict(
            field: field, key: register.key, sides: live.map { side($0, field) },
            shown: .value(register.shown), cause: .values,
            settlers: ranking.map { $0.mayEase.intersection(field.writers) } ?? field.writers,
            way: .value(offered), urgency: field.urgency)
    }

    private func conflict(
        _ elements: [EncodedValue], _ field: Field, _ index: Int, _ state: RecordState
    ) -> Conflict {
        let additions = standingAdditions(plan.fields[index], state.acts(of: index))
        let sides = additions.prefix(Conflict.sideLimit).map { act in
            Conflict.Side(
                field: field, entry: act.ref, time: act.time, value: EncodedValue(act.key))
        }
        return Conflict(
            field: field, key: "", sides: sides, shown: .elements(elements), cause: .additions,
            settlers: field.writers, way: .elements,
            // All of them stand until somebody looks.
            urgency: field.urgency + 1)
    }

    private func partConflicts(_ field: Field, _ index: Int, _ state: RecordState) -> [Conflict] {
        partActs(plan.fields[index], state.acts(of: index)).filter { $0.verdict == .disputed }
            .map { act in
                Conflict(
                    field: field, key: "", sides: act.live.map { side($0, field) },
                    shown: .leftOut, cause: .part(act.part), settlers: field.writers, way: .part,
                    urgency: field.urgency)
            }
    }

    private func side(_ write: LiveWrite, _ field: Field) -> Conflict.Side {
        Conflict.Side(field: field, entry: write.place, time: write.time, value: write.value)
    }
}
