// SPDX-License-Identifier: MIT
package import Basics
import Merging

/// All that was ever done to a record, folded: it does not depend on the order of folding.
package struct RecordState: Hashable, Sendable {
    /// Sorted by slot, then log.
    package private(set) var acts: [LastAct] = []
    /// Sorted by log.
    package private(set) var folded: [FoldedEntries] = []

    package init() {}

    /// Takes in one act; an act that is older than the act's adds its amount and changes no more.
    package mutating func add(_ act: LastAct) {
        let low = place(of: act)
        guard low < acts.count, acts[low].sharesSlotAndLog(with: act) else {
            acts.insert(act, at: low)
            return
        }
        switch act.act {
        case .add: acts[low].amount = min(acts[low].amount, act.amount)
        case .parts:
            addParts(act, at: low)
            return
        case .count: acts[low].sum += act.sum
        case .write, .remove, .partAct: break
        }
        guard act.seq > acts[low].seq else { return }
        acts[low].seq = act.seq
        acts[low].time = act.time
        if act.act != .count { acts[low].value = act.value }
    }

    /// Takes in the acts of one entry. Each by itself would move all that come after it, so that an
    /// entry with many would cost the square of what the record holds.
    package mutating func add(_ new: [LastAct]) {
        guard new.count > RecordState.few else {
            for act in new { add(act) }
            return
        }
        var (fresh, rest): ([(number: Int, act: LastAct)], [LastAct]) = ([], [])
        for (number, act) in new.enumerated() {
            let low = place(of: act)
            if low < acts.count, acts[low].sharesSlotAndLog(with: act) {
                rest.append(act)
            } else {
                fresh.append((number, act))
            }
        }
        fresh.sort { left, right in
            left.act.isBefore(right.act)
                || right.act.isBefore(left.act) == false && left.number < right.number
        }
        var first: [LastAct] = []
        for (_, act) in fresh {
            if let last = first.last, last.sharesSlotAndLog(with: act) {
                rest.append(act)
            } else {
                first.append(act)
            }
        }
        merge(first)
        for act in rest { add(act) }
    }

    private static let few = 16

    /// Takes in acts that are sorted, on slots that no act here is on.
    private mutating func merge(_ first: [LastAct]) {
        var merged: [LastAct] = []
        merged.reserveCapacity(acts.count + first.count)
        var next = first.makeIterator()
        var waiting = next.next()
        for act in acts {
            while let one = waiting, one.isBefore(act) {
                merged.append(one)
                waiting = next.next()
            }
            merged.append(act)
        }
        while let one = waiting {
            merged.append(one)
            waiting = next.next()
        }
        acts = merged
    }

    /// The first act that does not come before another.
    private func place(of act: LastAct) -> Int {
        acts.withUnsafeBufferPointer { acts in
            acts.firstPlace(fromWhich: { $0.isBefore(act) == false })
        }
    }

    /// Notes entries that were folded.
    package mutating func add(_ entries: FoldedEntries) {
        // Mostly there are few logs, and one writes on.
        let place = folded.lastIndex { $0.log.raw <= entries.log.raw }
        if let place, folded[place].log == entries.log {
            folded[place].add(entries)
        } else {
            folded.insert(entries, at: place.map { $0 + 1 } ?? 0)
        }
    }

    /// When the record was last written to.
    package var latest: HybridTime { folded.map(\.time).max() ?? HybridTime(raw: 0) }

    /// Takes in a write that stands for itself, unless a later one of its log settles it, and lets
    /// go of those that it settles. What stays grows less cautious along the log.
    mutating func add(alone act: LastAct, settles: (_ later: LastAct, _ earlier: LastAct) -> Bool) {
        var low = place(of: act)
        if low < acts.count, acts[low].sharesSlotAndLog(with: act) { return }
        if low < acts.count, acts[low].isAlone(besides: act), settles(acts[low], act) { return }
        let end = low
        while low > 0, acts[low - 1].isAlone(besides: act), settles(act, acts[low - 1]) { low -= 1 }
        acts.replaceSubrange(low..<end, with: CollectionOfOne(act))
    }

    private mutating func addParts(_ act: LastAct, at index: Int) {
        if act.amount == 1, act.seq > acts[index].seq {
            Varint.append(act.seq - acts[index].seq, to: &acts[index].value)
            acts[index].amount &+= 1
            acts[index].seq = act.seq
            acts[index].time = act.time
            return
        }
        var seqs = PartSeqs(packed: acts[index].value)
        seqs.add(PartSeqs(packed: act.value), last: acts[index].seq)
        acts[index].value = seqs.packed
        acts[index].amount &+= act.amount
        guard act.seq > acts[index].seq else { return }
        acts[index].seq = act.seq
        acts[index].time = act.time
    }

    /// The acts of one field.
    func acts(of field: Int) -> ArraySlice<LastAct> {
        guard let start = acts.firstIndex(where: { Int($0.field) == field }) else { return [] }
        let end = acts[start...].firstIndex { Int($0.field) != field } ?? acts.endIndex
        return acts[start..<end]
    }
}

extension RecordState {
    /// Beside the number of an act: a byte follows, which says how often its log had gone back to a
    /// lower vocabulary number.
    private static let descended: UInt8 = 0x80

    /// The state as bytes for the index.
    package var packed: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(folded.count * 32 + acts.count * 24)
        Varint.append(UInt64(folded.count), to: &out)
        for entries in folded {
            Varint.append(UInt64(entries.log.raw), to: &out)
            Varint.append(entries.count, to: &out)
            Varint.append(entries.seq, to: &out)
            Varint.append(entries.time.raw, to: &out)
            Varint.append(entries.mixed.high, to: &out)
            Varint.append(entries.mixed.low, to: &out)
        }
        for act in acts {
            out.append(act.field)
            out.append(act.act.rawValue | (act.descents > 0 ? RecordState.descended : 0))
            if act.descents > 0 { out.append(act.descents) }
            Varint.append(UInt64(act.log.raw), to: &out)
            Varint.append(act.seq, to: &out)
            Varint.append(act.time.raw, to: &out)
            let amount = act.amount
            Varint.append(UInt64(bitPattern: (amount << 1) ^ (amount >> 63)), to: &out)
            for bytes in [act.key, act.value] {
                Varint.append(UInt64(bytes.count), to: &out)
                bytes.withRaw { out.append(contentsOf: $0) }
            }
        }
        return out
    }

    /// Reads what `packed` wrote. Nil for bytes that name a log or a field that is not there, or
    /// that are not whole; the values in them too.
    package init?(packed raw: UnsafeRawBufferPointer, logs: Int, fields: Int) {
        var offset = 0
        guard let count = Varint.read(raw, &offset) else { return nil }
        while UInt64(folded.count) < count {
            guard let entries = RecordState.folded(raw, &offset), entries.log.raw < logs else {
                return nil
            }
            folded.append(entries)
        }
        while offset < raw.count {
            guard let act = RecordState.act(raw, &offset), act.log.raw < logs, act.field < fields,
                act.seq < EntryRef.seqLimit, act.isWhole
            else { return nil }
            acts.append(act)
        }
    }

    private static func folded(
        _ raw: UnsafeRawBufferPointer, _ offset: inout Int
    ) -> FoldedEntries? {
        guard let log = Varint.read(raw, &offset), let count = Varint.read(raw, &offset),
            let seq = Varint.read(raw, &offset), let time = Varint.read(raw, &offset),
            let high = Varint.read(raw, &offset), let low = Varint.read(raw, &offset)
        else { return nil }
        return FoldedEntries(
            log: LogIndex(UInt32(clamping: log)), count: count, seq: seq,
            time: HybridTime(raw: time),
            mixed: Bytes16(high: high, low: low))
    }

    private static func act(_ raw: UnsafeRawBufferPointer, _ offset: inout Int) -> LastAct? {
        guard offset + 3 <= raw.count, let act = LastAct.Act(rawValue: raw[offset + 1] & 0x7f)
        else { return nil }
        let field = raw[offset]
        let hasDescended = raw[offset + 1] & descended != 0
        let descents = hasDescended ? raw[offset + 2] : 0
        offset += hasDescended ? 3 : 2
        guard let log = Varint.read(raw, &offset), let seq = Varint.read(raw, &offset),
            let time = Varint.read(raw, &offset), let amount = Varint.read(raw, &offset),
            let key = bytes(raw, &offset), let value = bytes(raw, &offset)
        else { return nil }
        return LastAct(
            field: field, act: act, key: key, log: LogIndex(UInt32(clamping: log)), seq: seq,
            time: HybridTime(raw: time),
            amount: Int64(bitPattern: amount >> 1) ^ -Int64(bitPattern: amount & 1), value: value,
            descents: descents)
    }

    private static func bytes(
        _ raw: UnsafeRawBufferPointer, _ offset: inout Int
    ) -> ShortBytes? {
        guard let count = Varint.read(raw, &offset), count <= UInt64(raw.count - offset) else {
            return nil
        }
        defer { offset += Int(count) }
        return ShortBytes(
            UnsafeRawBufferPointer(rebasing: raw[offset..<(offset + Int(count))]))
    }
}
