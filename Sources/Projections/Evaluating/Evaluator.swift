// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// Says what a record's fields read, from its cells and who had seen what.
package final class Evaluator {
    package let plan: KindPlan
    let seen: Causality
    let logs: LogTable
    /// The role of each log's device; nil for logs that are not admitted.
    let role: (LogIndex) -> Role?

    init(plan: KindPlan, seen: Causality, logs: LogTable, role: @escaping (LogIndex) -> Role?) {
        self.plan = plan
        self.seen = seen
        self.logs = logs
        self.role = role
    }

    package func fields(_ state: RecordState) -> [FieldView] {
        let cells = state.cells
        var views: [FieldView] = []
        var start = 0
        while start < cells.count {
            let field = cells[start].field
            var end = start + 1
            while end < cells.count, cells[end].field == field { end += 1 }
            let content = content(plan.fields[Int(field)], cells[start..<end])
            views.append(FieldView(index: Int(field), content: content))
            start = end
        }
        return views
    }

    private func content(_ field: FieldPlan, _ cells: ArraySlice<LastAct>) -> FieldView.Content {
        switch field.family {
        case .latest, .reading, .cautious: .registers(registers(field, cells))
        case .standing: .registers([standing(Array(cells))])
        case .set: set(field, cells)
        case .tally: tally(cells)
        case .entries: parts(cells)
        }
    }

    private func registers(
        _ field: FieldPlan, _ cells: ArraySlice<LastAct>
    ) -> [FieldView.Register] {
        var registers: [FieldView.Register] = []
        var start = cells.startIndex
        while start < cells.endIndex {
            var end = start + 1
            while end < cells.endIndex, cells[end].key == cells[start].key { end += 1 }
            registers.append(register(field, cells[start..<end]))
            start = end
        }
        return registers
    }

    private func register(
        _ field: FieldPlan, _ slot: ArraySlice<LastAct>
    ) -> FieldView.Register {
        let first = slot[slot.startIndex]
        let key = first.key.isEmpty ? "" : first.key.text
        // Almost every slot was written by one log only.
        guard slot.count > 1 else {
            return FieldView.Register(
                key: key, shown: value(first), live: [liveWrite(first)], isDisputed: false)
        }
        let cells = Array(slot)
        let live = cells.filter { isLive($0, among: cells, field) }
        let isDisputed = live.contains { $0.value != live[0].value }
        let shown =
            if let ranking = field.ranking {
                live.min { ranking.isMoreCautious($0, $1) ?? isLater($0, $1) }
            } else {
                live.min { isLater($0, $1) }
            }
        return FieldView.Register(
            key: key, shown: shown.map(value) ?? .null, live: live.map(liveWrite),
            isDisputed: isDisputed)
    }

    private func isLive(_ cell: LastAct, among cells: [LastAct], _ field: FieldPlan) -> Bool {
        cells.contains { other in
            other.place != cell.place && seen.hasSeen(other.place, cell.place)
                && settles(other, cell, field)
        } == false
    }

    /// Whether a write may settle one it had seen: easing a cautious field takes the right to.
    private func settles(_ write: LastAct, _ earlier: LastAct, _ field: FieldPlan) -> Bool {
        guard let ranking = field.ranking else { return true }
        if let role = role(write.log), ranking.mayEase.allows(role) { return true }
        return ranking.isMoreCautious(earlier, write) != true
    }

    /// The last value that all live writes had seen stands while they disagree.
    private func standing(_ writes: [LastAct]) -> FieldView.Register {
        if writes.count == 1 {
            return FieldView.Register(
                key: "", shown: value(writes[0]), live: [liveWrite(writes[0])], isDisputed: false)
        }
        let live = maximal(writes)
        let isDisputed = live.contains { $0.value != live[0].value }
        var agreed = live
        var remaining = writes
        while agreed.contains(where: { $0.value != agreed[0].value }) {
            remaining = remaining.filter { write in
                agreed.allSatisfy { seen.hasSeen($0.place, write.place) }
            }
            agreed = maximal(remaining)
        }
        return FieldView.Register(
            key: "", shown: agreed.min { isLater($0, $1) }.map(value) ?? .null,
            live: live.map(liveWrite), isDisputed: isDisputed)
    }

    /// The writes that none of the others had seen.
    func maximal(_ writes: [LastAct]) -> [LastAct] {
        writes.filter { write in
            writes.contains { $0.place != write.place && seen.hasSeen($0.place, write.place) }
                == false
        }
    }

    /// Later in the timeline: time, then log id, then seq.
    func isLater(_ left: LastAct, _ right: LastAct) -> Bool {
        if left.time != right.time { return left.time > right.time }
        return logs.precedes(right.place, left.place)
    }

    func value(_ cell: LastAct) -> EncodedValue { EncodedValue(cell.value) }

    func liveWrite(_ cell: LastAct) -> LiveWrite {
        LiveWrite(place: cell.place, time: cell.time, value: value(cell))
    }
}
