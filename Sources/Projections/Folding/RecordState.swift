// SPDX-License-Identifier: MIT
package import Basics
import Merging

/// All that was ever done to a record, folded: it does not depend on the order of folding.
package struct RecordState: Hashable, Sendable {
    /// Sorted by slot, then log.
    package private(set) var cells: [LastAct] = []
    /// Sorted by log.
    package private(set) var folded: [FoldedEntries] = []

    package init() {}

    /// Takes in one act; an act that is older than the cell's adds its amount and changes no more.
    package mutating func add(_ cell: LastAct) {
        let low = place(of: cell)
        guard low < cells.count, cells[low].sharesSlotAndLog(with: cell) else {
            cells.insert(cell, at: low)
            return
        }
        switch cell.act {
        case .add: cells[low].amount = min(cells[low].amount, cell.amount)
        case .parts:
            addParts(cell, at: low)
            return
        case .count: cells[low].amount &+= cell.amount
        case .write, .remove, .partAct: break
        }
        guard cell.seq > cells[low].seq else { return }
        cells[low].seq = cell.seq
        cells[low].time = cell.time
        cells[low].value = cell.value
    }

    /// The first cell that does not come before another.
    private func place(of cell: LastAct) -> Int {
        cells.withUnsafeBufferPointer { cells in
            var low = 0
            var high = cells.count
            while low < high {
                let middle = (low + high) / 2
                if cells[middle].isBefore(cell) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    /// Notes entries that were folded.
    package mutating func add(_ entries: FoldedEntries) {
        // Mostly there are few logs, and one writes on.
        let place = folded.lastIndex { $0.log <= entries.log }
        if let place, folded[place].log == entries.log {
            folded[place].add(entries)
        } else {
            folded.insert(entries, at: place.map { $0 + 1 } ?? 0)
        }
    }

    /// When the record was last written to.
    package var latest: HybridTime { folded.map(\.time).max() ?? HybridTime(raw: 0) }

    /// Drops writes of one log on one slot that a later write of the same log settles.
    mutating func drop(
        besides cell: LastAct, settled: (_ earlier: LastAct, _ later: LastAct) -> Bool
    ) {
        func isOnSlot(_ other: LastAct) -> Bool {
            other.field == cell.field && other.act == .write && other.log == cell.log
                && other.key == cell.key
        }
        guard cells.count(where: isOnSlot) > 1 else { return }
        let own = cells.filter(isOnSlot)
        cells.removeAll { earlier in
            own.contains(earlier)
                && own.contains { $0.seq > earlier.seq && settled(earlier, $0) }
        }
    }

    private mutating func addParts(_ cell: LastAct, at index: Int) {
        if cell.amount == 1, cell.seq > cells[index].seq {
            Varint.append(cell.seq - cells[index].seq, to: &cells[index].value)
            cells[index].amount &+= 1
            cells[index].seq = cell.seq
            cells[index].time = cell.time
            return
        }
        var seqs = PartSeqs(packed: cells[index].value)
        seqs.add(PartSeqs(packed: cell.value), last: cells[index].seq)
        cells[index].value = seqs.packed
        cells[index].amount &+= cell.amount
        guard cell.seq > cells[index].seq else { return }
        cells[index].seq = cell.seq
        cells[index].time = cell.time
    }

    /// The cells of one field.
    func cells(of field: Int) -> ArraySlice<LastAct> {
        guard let start = cells.firstIndex(where: { Int($0.field) == field }) else { return [] }
        let end = cells[start...].firstIndex { Int($0.field) != field } ?? cells.endIndex
        return cells[start..<end]
    }
}

extension RecordState {
    /// The state as bytes for the index.
    package var packed: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(folded.count * 32 + cells.count * 24)
        Varint.append(UInt64(folded.count), to: &out)
        for entries in folded {
            Varint.append(UInt64(entries.log.raw), to: &out)
            Varint.append(entries.count, to: &out)
            Varint.append(entries.seq, to: &out)
            Varint.append(entries.time.raw, to: &out)
            Varint.append(entries.mixed.high, to: &out)
            Varint.append(entries.mixed.low, to: &out)
        }
        for cell in cells {
            out.append(cell.field)
            out.append(cell.act.rawValue)
            Varint.append(UInt64(cell.log.raw), to: &out)
            Varint.append(cell.seq, to: &out)
            Varint.append(cell.time.raw, to: &out)
            let amount = cell.amount
            Varint.append(UInt64(bitPattern: (amount << 1) ^ (amount >> 63)), to: &out)
            for bytes in [cell.key, cell.value] {
                Varint.append(UInt64(bytes.count), to: &out)
                bytes.withRaw { out.append(contentsOf: $0) }
            }
        }
        return out
    }

    /// Reads what `packed` wrote; stops at the first cell that is not whole.
    package init(packed raw: UnsafeRawBufferPointer) {
        var offset = 0
        for _ in 0..<(Varint.read(raw, &offset) ?? 0) {
            guard let entries = RecordState.folded(raw, &offset) else { return }
            folded.append(entries)
        }
        while let cell = RecordState.cell(raw, &offset) { cells.append(cell) }
    }

    private static func folded(
        _ raw: UnsafeRawBufferPointer, _ offset: inout Int
    ) -> FoldedEntries? {
        guard let log = Varint.read(raw, &offset), let count = Varint.read(raw, &offset),
            let seq = Varint.read(raw, &offset), let time = Varint.read(raw, &offset),
            let high = Varint.read(raw, &offset), let low = Varint.read(raw, &offset)
        else { return nil }
        return FoldedEntries(
            log: LogIndex(UInt32(log)), count: count, seq: seq, time: HybridTime(raw: time),
            mixed: Bytes16(high: high, low: low))
    }

    private static func cell(_ raw: UnsafeRawBufferPointer, _ offset: inout Int) -> LastAct? {
        guard offset + 2 <= raw.count, let act = LastAct.Act(rawValue: raw[offset + 1]) else {
            return nil
        }
        let field = raw[offset]
        offset += 2
        guard let log = Varint.read(raw, &offset), let seq = Varint.read(raw, &offset),
            let time = Varint.read(raw, &offset), let amount = Varint.read(raw, &offset),
            let key = bytes(raw, &offset), let value = bytes(raw, &offset)
        else { return nil }
        return LastAct(
            field: field, act: act, key: key, log: LogIndex(UInt32(log)), seq: seq,
            time: HybridTime(raw: time),
            amount: Int64(bitPattern: amount >> 1) ^ -Int64(bitPattern: amount & 1), value: value)
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
