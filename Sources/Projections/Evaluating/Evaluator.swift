// SPDX-License-Identifier: MIT
import Basics
import Events
package import Merging

/// Says what a record's fields read, from its last acts and who had seen what.
package final class Evaluator {
    package let plan: KindPlan
    package let seen: Seen
    let logs: LogTable
    private let canonical: CanonicalOrder

    package init(plan: KindPlan, seen: Seen, logs: LogTable) {
        self.plan = plan
        self.seen = seen
        self.logs = logs
        canonical = CanonicalOrder(logs)
    }

    func fields(_ state: RecordState) -> [FieldView] {
        let acts = state.acts
        var views: [FieldView] = []
        var start = 0
        while start < acts.count {
            let field = acts[start].field
            var end = start + 1
            while end < acts.count, acts[end].field == field { end += 1 }
            let content = content(plan.fields[Int(field)], acts[start..<end])
            views.append(FieldView(index: Int(field), content: content))
            start = end
        }
        return views
    }

    private func content(_ field: FieldPlan, _ acts: ArraySlice<LastAct>) -> FieldView.Content {
        switch field.family {
        case .latest, .reading, .cautious: .registers(registers(field, acts))
        case .standing: .registers([standing(field, acts)])
        case .set: set(field, acts)
        case .tally: tally(acts)
        case .entries: parts(field, acts)
        }
    }

    private func registers(
        _ field: FieldPlan, _ acts: ArraySlice<LastAct>
    ) -> [FieldView.Register] {
        slots(acts).map { register(field, $0) }
    }

    /// The acts of a field by their keys.
    func slots(_ acts: ArraySlice<LastAct>) -> [ArraySlice<LastAct>] {
        var slots: [ArraySlice<LastAct>] = []
        var start = acts.startIndex
        while start < acts.endIndex {
            var end = start + 1
            while end < acts.endIndex, acts[end].act == acts[start].act,
                acts[end].key == acts[start].key
            {
                end += 1
            }
            slots.append(acts[start..<end])
            start = end
        }
        return slots
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
        let live = live(field, slot)
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

    /// The writes on a slot that no other settles.
    func live(_ field: FieldPlan, _ slot: ArraySlice<LastAct>) -> [LastAct] {
        let ranking = field.ranking
        let writers = byLog(slot).map { writes in
            SlotWrites(writes, ranking) { mayEase($0, ranking) }
        }
        let standing = writers.flatMap { $0.standing(ranking) }
        let inSight = ActsInSight(standing, seen)
        var eased: Set<Int> = []
        for writer in writers {
            guard let easing = writer.easing else { continue }
            for place in inSight.places(from: writer.log) where eased.contains(place) == false {
                guard writer.run != LogRun(standing[place]),
                    sees(easing, standing[place], field)
                else { continue }
                eased.insert(place)
            }
        }
        let left = standing.remaining(without: eased)
        guard let ranking else { return left }
        return covered(
            field, ranking, left, by: writers, besides: Set(eased.map { standing[$0].ref }))
    }

    /// Without the writes that another log repeats or outweighs in their sight. What was eased
    /// since stands in for none: whoever eased it may not have seen what it stood for.
    private func covered(
        _ field: FieldPlan, _ ranking: Ranking, _ left: [LastAct], by writers: [SlotWrites],
        besides eased: Set<EntryRef>
    ) -> [LastAct] {
        let inSight = ActsInSight(left, seen)
        var settled: Set<Int> = []
        for writer in writers {
            let others = writer.outweighing(besides: eased)
            guard others.isEmpty == false else { continue }
            for place in inSight.places(from: writer.log) where settled.contains(place) == false {
                let write = left[place]
                guard writer.run != LogRun(write),
                    SlotWrites.outweigh(
                        others, write, ranking, sees: { sees($0, $1, field) },
                        from: seen.firstSight(of: write.ref, from: writer.log))
                else { continue }
                settled.insert(place)
            }
        }
        return left.remaining(without: settled)
    }

    /// The acts of one slot, log by log, each by rising seq. What a log did before it went back to
    /// a lower vocabulary number is as of a log of its own: it may have seen what later acts had
    /// not.
    private func byLog(_ slot: ArraySlice<LastAct>) -> [[LastAct]] {
        var indices: [LogRun: Int] = [:]
        var groups: [[LastAct]] = []
        for act in slot {
            let run = LogRun(act)
            if let index = indices[run] {
                groups[index].append(act)
            } else {
                indices[run] = groups.count
                groups.append([act])
            }
        }
        return groups.map { $0.count > 1 ? $0.sorted { $0.seq < $1.seq } : $0 }
    }

    /// Whether a write settles every earlier one: easing a cautious field takes the right to.
    private func mayEase(_ write: LastAct, _ ranking: Ranking?) -> Bool {
        guard let ranking else { return true }
        guard let role = seen.admission(write.log)?.role(at: write.seq) else { return false }
        return ranking.mayEase.allows(role)
    }

    /// The last value that all live writes had seen stands while they disagree.
    private func standing(
        _ field: FieldPlan, _ acts: ArraySlice<LastAct>
    ) -> FieldView.Register {
        let first = acts[acts.startIndex]
        if acts.count == 1 {
            return FieldView.Register(
                key: "", shown: value(first), live: [liveWrite(first)], isDisputed: false)
        }
        var remaining = byLog(acts)
        let live = newest(field, remaining)
        let isDisputed = live.contains { $0.value != live[0].value }
        var agreed = live
        while agreed.contains(where: { $0.value != agreed[0].value }) {
            remaining = remaining.map { writes in
                writes.filter { write in agreed.allSatisfy { sees($0, write, field) } }
            }
            agreed = newest(field, remaining)
        }
        return FieldView.Register(
            key: "", shown: agreed.min { isLater($0, $1) }.map(value) ?? .null,
            live: live.map(liveWrite), isDisputed: isDisputed)
    }

    /// Of several logs' acts, those that no other had seen: each one its log's last.
    func newest(_ field: FieldPlan, _ actsByLog: [[LastAct]]) -> [LastAct] {
        let last = actsByLog.compactMap(\.last)
        guard last.count > 1 else { return last }
        return last.remaining(without: seenPlaces(of: last, by: last, field))
    }

    /// Which of some acts one of the others had seen.
    func seenPlaces(of acts: [LastAct], by others: [LastAct], _ field: FieldPlan) -> Set<Int> {
        let inSight = ActsInSight(acts, seen)
        var places: Set<Int> = []
        for other in others {
            for place in inSight.places(from: other.log) where places.contains(place) == false {
                let act = acts[place]
                if other.ref != act.ref, sees(other, act, field) { places.insert(place) }
            }
        }
        return places
    }

    /// Whether the author of one act had seen another.
    func sees(_ later: LastAct, _ earlier: LastAct, _ field: FieldPlan) -> Bool {
        seen.hasSeen(later.ref, earlier.ref, since: field.since.number(of: earlier))
    }

    /// Later in the timeline. Two histories of one log may write at one place: then by value.
    func isLater(_ left: LastAct, _ right: LastAct) -> Bool {
        if left.time != right.time { return left.time > right.time }
        if canonical.precedes(right.ref, left.ref) { return true }
        if canonical.precedes(left.ref, right.ref) { return false }
        return right.value.precedes(left.value)
    }

    /// Earlier by canonical order; then by key.
    func comesFirst(_ left: LastAct, _ right: LastAct) -> Bool {
        if canonical.precedes(left.ref, right.ref) { return true }
        if canonical.precedes(right.ref, left.ref) { return false }
        return left.key.precedes(right.key)
    }

    func value(_ act: LastAct) -> EncodedValue { EncodedValue(act.value) }

    private func liveWrite(_ act: LastAct) -> LiveWrite {
        LiveWrite(place: act.ref, time: act.time, value: value(act))
    }
}
