// SPDX-License-Identifier: MIT
package import Basics
import Events
import Merging

extension Evaluator {
    /// How many elements of a set, and of each how many additions, are compared to find out whether
    /// they were added without sight of each other. A function of the set alone: the first of each
    /// log, then the second of each, so that nobody hides two others behind many of their own.
    private static let comparedElements = 32
    private static let comparedAdditions = 8

    func set(_ field: FieldPlan, _ acts: ArraySlice<LastAct>) -> FieldView.Content {
        var elements: [ShortBytes] = []
        var addsByElement: [ShortBytes: [LastAct]] = [:]
        for add in standingAdditions(field, acts) {
            if addsByElement[add.key] == nil { elements.append(add.key) }
            addsByElement[add.key, default: []].append(add)
        }
        let isContested =
            field.flagsSeveral && elements.count > 1
            && isContested(
                field,
                leading(elements.map { addsByElement[$0, default: []] }).map {
                    $0.prefix(Evaluator.comparedAdditions)
                })
        return .set(elements.map { EncodedValue($0) }, isContested: isContested)
    }

    /// Of elements' additions, in their order and none without one, those that are compared.
    private func leading(_ elements: [[LastAct]]) -> [[LastAct]] {
        guard elements.count > Evaluator.comparedElements else { return elements }
        var counts: [LogID: Int] = [:]
        let rounds = elements.map { adds in
            let log = logs.id(of: adds[0].log)
            counts[log, default: 0] += 1
            return counts[log, default: 0]
        }
        let places = elements.indices.sorted {
            rounds[$0] != rounds[$1] ? rounds[$0] < rounds[$1] : $0 < $1
        }
        return places.prefix(Evaluator.comparedElements).map { elements[$0] }
    }

    /// The additions that no removal had seen, in the order of their elements.
    func standingAdditions(_ field: FieldPlan, _ acts: ArraySlice<LastAct>) -> [LastAct] {
        var adds = lastAdditions(acts.filter { $0.act == .add })
        let removals = Dictionary(grouping: acts.filter { $0.act == .remove }, by: \.key)
        if removals.isEmpty == false {
            adds = Dictionary(grouping: adds, by: \.key).flatMap { key, adds in
                guard let removals = removals[key] else { return adds }
                return adds.remaining(without: seenPlaces(of: adds, by: removals, field))
            }
        }
        return adds.count > 1 ? adds.sorted(by: isFirst) : adds
    }

    /// Of each log its last additions of an element, with the times of the first: what a node says
    /// takes the place of what those before it said.
    private func lastAdditions(_ adds: [LastAct]) -> [LastAct] {
        guard logs.isForked, adds.count > 1 else { return adds }
        struct Slot: Hashable {
            let key: ShortBytes
            let log: LogID
        }
        let addsBySlot = Dictionary(grouping: adds) { Slot(key: $0.key, log: logs.id(of: $0.log)) }
        return adds.compactMap { add in
            let others = addsBySlot[Slot(key: add.key, log: logs.id(of: add.log))] ?? []
            var last = add
            for other in others {
                if seen.causality.isBefore(add.ref, inLogOf: other.ref) { return nil }
                guard seen.causality.isBefore(other.ref, inLogOf: add.ref) else { continue }
                last.amount = min(last.amount, other.amount)
            }
            return last
        }
    }

    /// The order of elements: who first added one of them leads.
    private func isFirst(_ left: LastAct, _ right: LastAct) -> Bool {
        left.amount != right.amount ? left.amount < right.amount : comesFirst(left, right)
    }

    /// Whether two elements stand whose adders had not seen each other.
    private func isContested(_ field: FieldPlan, _ elements: [ArraySlice<LastAct>]) -> Bool {
        elements.indices.contains { place in
            elements[(place + 1)...].contains { other in
                elements[place].contains { first in
                    other.contains { areInSight(field, first, $0) }
                } == false
            }
        }
    }

    private func areInSight(_ field: FieldPlan, _ left: LastAct, _ right: LastAct) -> Bool {
        left.ref == right.ref || sees(left, right, field) || sees(right, left, field)
    }

    func tally(_ acts: ArraySlice<LastAct>) -> FieldView.Content {
        .tally(
            slots(acts).map { slot in
                FieldView.Sum(
                    key: slot[slot.startIndex].key.text, value: slot.reduce(0) { $0 + $1.sum })
            })
    }

    func parts(_ field: FieldPlan, _ acts: ArraySlice<LastAct>) -> FieldView.Content {
        var added = 0
        var void = 0
        var disputed = 0
        for act in acts where act.act == .parts { added += Int(clamping: act.amount) }
        for act in partActs(field, acts) {
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

        /// The entry that added the part.
        package let part: PartName
        package let verdict: Verdict
        /// The acts that no other settles: null for one that voids the part.
        package let live: [LiveWrite]
    }

    /// The parts that were voided or corrected, each one register (clash rule C36).
    func partActs(_ field: FieldPlan, _ acts: ArraySlice<LastAct>) -> [PartAct] {
        let slots = slots(acts.filter { $0.act == .partAct }[...])
        guard slots.isEmpty == false else { return [] }
        let added = AddedParts(acts, logs)
        return slots.compactMap { slot in
            guard let part = PartName(slot[slot.startIndex].key), added.contains(part) else {
                return nil
            }
            let live = newest(field, slot.map { [$0] })
            return PartAct(part: part, verdict: verdict(live), live: live.map(partWrite))
        }
    }

    private func partWrite(_ act: LastAct) -> LiveWrite {
        let bytes = act.value.array
        let isVoid = bytes.first == 1
        let value = isVoid ? .null : EncodedValue(ShortBytes(Array(bytes.dropFirst())))
        return LiveWrite(place: act.ref, time: act.time, value: value)
    }

    private func verdict(_ live: [LastAct]) -> PartAct.Verdict {
        guard let first = live.first, live.contains(where: { $0.value != first.value }) == false
        else { return .disputed }
        let bytes = first.value.array
        return bytes.first == 1
            ? .void : .corrected(EncodedValue(ShortBytes(Array(bytes.dropFirst()))))
    }
}

/// Which entries added parts to a field, found once.
struct AddedParts {
    private let logs: LogTable
    private var seqsByLog: [LogIndex: Set<UInt64>] = [:]

    init(_ acts: ArraySlice<LastAct>, _ logs: LogTable) {
        self.logs = logs
        for act in acts where act.act == .parts {
            seqsByLog[act.log, default: []].formUnion(PartSeqs(packed: act.value).seqs)
        }
    }

    func contains(_ part: PartName) -> Bool {
        guard let place = logs.place(of: part.id) else { return false }
        return seqsByLog[place.log]?.contains(place.seq) == true
    }
}

/// The name of a part: the entry that added it.
package struct PartName: Hashable, Sendable {
    package let id: EntryID

    package init(_ id: EntryID) { self.id = id }

    /// Reads the key of a part act, which names the entry as state does. Nil for anything else.
    init?(_ key: ShortBytes) {
        do throws(CBORError) {
            let link = try key.withRaw { (raw) throws(CBORError) -> Link in
                var reader = CBORReader(raw)
                return try Link(&reader)
            }
            guard let log = link.log else { return nil }
            id = EntryID(log: log, seq: link.seq, branch: link.chain)
        } catch {
            return nil
        }
    }
}
