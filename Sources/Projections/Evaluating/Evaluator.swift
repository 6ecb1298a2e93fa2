// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging

/// Says what a record's fields read, from its cells and who had seen what.
///
/// A class, since a copy of all that a kind declares would cost more than most fields do.
final class Evaluator {
    let kind: Kind
    let seen: SeenTable
    let logs: LogTable
    /// The role of each log's device; nil for logs that are not admitted.
    let role: (LogIndex) -> Role?

    init(kind: Kind, seen: SeenTable, logs: LogTable, role: @escaping (LogIndex) -> Role?) {
        self.kind = kind
        self.seen = seen
        self.logs = logs
        self.role = role
    }

    func fields(_ state: RecordState) -> [FieldView] {
        var views: [FieldView] = []
        var rest = state.cells[...]
        while let first = rest.first {
            let cells = rest.prefix { $0.field == first.field }
            rest = rest[cells.endIndex...]
            let index = Int(first.field)
            views.append(FieldView(index: index, content: content(kind.fields[index], cells)))
        }
        return views
    }

    private func content(_ field: Field, _ cells: ArraySlice<Cell>) -> FieldView.Content {
        switch field.family {
        case .latest, .reading, .cautious: .registers(registers(field, cells))
        case .standing: .registers([standing(Array(cells))])
        case .set: set(field, cells)
        case .tally: tally(cells)
        case .entries: parts(cells)
        }
    }

    private func registers(
        _ field: Field, _ cells: ArraySlice<Cell>
    ) -> [FieldView.Register] {
        var registers: [FieldView.Register] = []
        var rest = cells
        while let first = rest.first {
            let slot = rest.prefix { $0.key == first.key }
            rest = rest[slot.endIndex...]
            let key = first.key.text
            registers.append(register(field, Array(slot), key: key))
        }
        return registers
    }

    private func register(
        _ field: Field, _ cells: [Cell], key: String
    ) -> FieldView.Register {
        // Almost every slot was written by one log only.
        let live = cells.count == 1 ? cells : cells.filter { isLive($0, among: cells, field) }
        let isDisputed = live.contains { $0.value != live[0].value }
        let shown: Cell?
        if case .cautious(let caution) = field.family {
            let ranking = Ranking(field: field, order: caution.order)
            shown = live.min { ranking.isMoreCautious($0, $1) ?? isLater($0, $1) }
        } else {
            shown = live.min { isLater($0, $1) }
        }
        return FieldView.Register(
            key: key, shown: shown.map(value) ?? .null, live: live.map(liveWrite),
            isDisputed: isDisputed)
    }

    private func isLive(_ cell: Cell, among cells: [Cell], _ field: Field) -> Bool {
        cells.contains { other in
            other.place != cell.place && seen.hasSeen(other.place, cell.place)
                && settles(other, cell, field)
        } == false
    }

    /// Whether a write may settle one it had seen: easing a cautious field takes the right to.
    private func settles(_ write: Cell, _ earlier: Cell, _ field: Field) -> Bool {
        guard case .cautious(let caution) = field.family else { return true }
        if let role = role(write.log), caution.mayEase.allows(role) { return true }
        let ranking = Ranking(field: field, order: caution.order)
        return ranking.isMoreCautious(earlier, write) != true
    }

    /// The last value that all live writes had seen stands while they disagree.
    private func standing(_ writes: [Cell]) -> FieldView.Register {
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
    func maximal(_ writes: [Cell]) -> [Cell] {
        writes.filter { write in
            writes.contains { $0.place != write.place && seen.hasSeen($0.place, write.place) }
                == false
        }
    }

    /// Later in the timeline: time, then log id, then seq.
    func isLater(_ left: Cell, _ right: Cell) -> Bool {
        if left.time != right.time { return left.time > right.time }
        return logs.precedes(right.place, left.place)
    }

    func value(_ cell: Cell) -> EncodedValue { EncodedValue(cell.value) }

    func liveWrite(_ cell: Cell) -> LiveWrite {
        LiveWrite(place: cell.place, time: cell.time, value: value(cell))
    }
}
