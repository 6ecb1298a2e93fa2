// SPDX-License-Identifier: MIT
package import Basics
import Events
import Merging

extension Evaluator {
    func set(_ field: FieldPlan, _ cells: ArraySlice<LastAct>) -> FieldView.Content {
        let removals = cells.filter { $0.act == .remove }
        let adds = cells.filter { add in
            add.act == .add
                && removals.contains {
                    $0.key == add.key && seen.hasSeen($0.place, add.place)
                } == false
        }
        var elements: [ShortBytes] = []
        for add in adds.count > 1 ? adds.sorted(by: isFirst) : Array(adds)
        where elements.contains(add.key) == false {
            elements.append(add.key)
        }
        let isContested = field.flagsSeveral && adds.isEmpty == false && isContested(Array(adds))
        return .set(elements.map { EncodedValue($0) }, isContested: isContested)
    }

    /// The order of elements: who first added one of them leads.
    private func isFirst(_ left: LastAct, _ right: LastAct) -> Bool {
        if left.amount != right.amount { return left.amount < right.amount }
        return left.place != right.place
            ? logs.precedes(left.place, right.place)
            : left.key.precedes(right.key)
    }

    /// Whether two elements stand whose adders had not seen each other.
    private func isContested(_ adds: [LastAct]) -> Bool {
        let keys = Set(adds.map(\.key))
        guard keys.count > 1 else { return false }
        return keys.contains { left in
            keys.contains { right in
                left != right
                    && adds.contains { first in
                        first.key == left
                            && adds.contains {
                                $0.key == right && areInSight(first.place, $0.place)
                            }
                    } == false
            }
        }
    }

    private func areInSight(_ left: EntryRef, _ right: EntryRef) -> Bool {
        left == right || seen.hasSeen(left, right) || seen.hasSeen(right, left)
    }

    func tally(_ cells: ArraySlice<LastAct>) -> FieldView.Content {
        var sums: [String: Int64] = [:]
        for cell in cells {
            sums[cell.key.text, default: 0] &+= cell.amount
        }
        return .tally(sums)
    }

    func parts(_ cells: ArraySlice<LastAct>) -> FieldView.Content {
        var added = 0
        var void = 0
        var disputed = 0
        for cell in cells where cell.act == .parts { added += Int(cell.amount) }
        for act in partActs(cells) {
            switch act.verdict {
            case .void: void += 1
            case .disputed: disputed += 1
            case .corrected: break
            }
        }
        return .parts(
            FieldView.Parts(
                counted: max(0, added - void - disputed), void: void, disputed: disputed))
    }

    /// What became of one part after it was added.
    package struct PartAct: Hashable {
        package enum Verdict: Hashable {
            case void
            case corrected(EncodedValue)
            case disputed
        }

        /// The part's link, encoded.
        package let part: ShortBytes
        package let verdict: Verdict
    }

    /// The parts that were voided or corrected, each one register (clash rule C36).
    package func partActs(_ cells: ArraySlice<LastAct>) -> [PartAct] {
        var acts: [PartAct] = []
        var rest = cells.filter { $0.act == .partAct }[...]
        while let first = rest.first {
            let slot = Array(rest.prefix { $0.key == first.key })
            rest = rest.dropFirst(slot.count)
            guard isThere(first.key, cells) else { continue }
            let live = maximal(slot)
            let verdict: PartAct.Verdict
            if live.contains(where: { $0.value != live[0].value }) {
                verdict = .disputed
            } else if live[0].value.array.first == 1 {
                verdict = .void
            } else {
                verdict = .corrected(
                    EncodedValue(ShortBytes(Array(live[0].value.array.dropFirst()))))
            }
            acts.append(PartAct(part: first.key, verdict: verdict))
        }
        return acts
    }

    /// Whether a part that an act names was added, as far as is held; else the act does nothing
    /// yet.
    private func isThere(_ part: ShortBytes, _ cells: ArraySlice<LastAct>) -> Bool {
        guard case .array(let items) = EncodedValue(part).value, items.count == 2,
            case .bytes(let bytes) = items[0], case .unsigned(let seq) = items[1],
            let log = Bytes16(bytes).flatMap({ logs.index(of: LogID($0)) })
        else { return false }
        return cells.contains {
            $0.act == .parts && $0.log == log && PartSeqs(packed: $0.value).seqs.contains(seq)
        }
    }
}
