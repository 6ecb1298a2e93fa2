// SPDX-License-Identifier: MIT
import Basics
import Logs

/// What this device wrote in a log of its own after one entry, taken out of the file.
struct OwnTail {
    struct Item {
        let header: EntryHeader
        /// The body after its salt; nil for an entry that never had one.
        let changes: [UInt8]?
        /// The first half of the log's chain value after the entry; nil where the log ends before
        /// it for everyone, so that there is nothing to name.
        let chain: Bytes16?
        /// Whether it has rotted: it made a record, on which others stand, and says nothing.
        var isHollow = false
    }

    let log: LogIdentity
    /// The entry before, where another history parts.
    let before: LogTip
    /// Where in the file the batch with the first of the entries begins, or what was damaged.
    let offset: Int
    /// In the order of their seqs, some of which may be missing.
    let items: [Item]

    /// Nil if the file has no such entry, or has one that cannot be written again as it stands: its
    /// body is gone, or a later version wrote it.
    init?(_ file: UnsafeRawBufferPointer, of log: LogIdentity, from seq: UInt64) {
        var scanner: LogScanner
        do throws(LogError) { scanner = try LogScanner(file) } catch { return nil }
        var start = scanner.position
        var before = log.start
        var items: [Item] = []
        var offset: Int?
        while let step = scanner.nextIfGood() {
            defer { start = scanner.position }
            guard step == .batch else { continue }
            for entry in scanner.entries {
                guard entry.header.seq >= seq else {
                    before = LogTip(
                        seq: entry.header.seq, time: entry.header.time, chain: entry.chain)
                    continue
                }
                guard entry.isBodyAbsent == false, entry.header.isFromLaterVersion == false
                else { return nil }
                offset = offset ?? start.offset
                items.append(Item(entry))
            }
        }
        guard let offset, before.seq + 1 == seq else { return nil }
        self.log = log
        self.before = before
        self.offset = offset
        self.items = items
    }

    /// What can still be read behind damage at `end` that nobody has signed: whatever part of that
    /// can be written again.
    init(saving file: UnsafeRawBufferPointer, of log: LogIdentity, behind end: LogPosition) {
        self.log = log
        before = end.tip
        offset = end.offset
        let saved = Salvage.entries(file, after: end, of: log).compactMap { entry -> Item? in
            guard entry.header.isFromLaterVersion == false else { return nil }
            guard entry.isBodyAbsent else { return Item(entry, isHeld: false) }
            var item = Item(entry, isHeld: false)
            item.isHollow = true
            return entry.header.subject == .creates ? item : nil
        }
        items = OwnTail.withMakers(saved, behind: end.tip)
    }

    /// Besides, for records that entries are about and that nothing makes any more, entries that
    /// make them and say nothing: what stands on them is not to wait for what has rotted.
    private static func withMakers(_ saved: [Item], behind tip: LogTip) -> [Item] {
        var missing: [UInt64: String] = [:]
        for item in saved {
            guard case .own(let seq) = item.header.subject, seq > tip.seq else { continue }
            missing[seq] = String(item.header.kind)
        }
        for item in saved { missing[item.header.seq] = nil }
        guard missing.isEmpty == false else { return saved }
        var items: [Item] = []
        var time = tip.time
        var rest = saved[...]
        for (seq, kind) in missing.sorted(by: { $0.key < $1.key }) {
            let before = rest.prefix { $0.header.seq < seq }
            items += before
            rest = rest.dropFirst(before.count)
            // What rotted was later than what stood before it, and earlier than all behind it.
            time = HybridTime(raw: max(time, before.last?.header.time ?? time).raw + 1)
            let header = EntryHeader(
                place: (seq, time), type: "\(kind).opened", subject: .creates, base: [],
                bodyDigest: nil)
            items.append(Item(header: header, changes: nil, chain: nil, isHollow: true))
        }
        return items + rest
    }

    /// Where each item stood that has all that it said.
    var ranges: [SeqRange] {
        SeqRange.joined(
            items.filter { $0.isHollow == false }
                .map { SeqRange(first: $0.header.seq, last: $0.header.seq) })
    }

    /// Nil for an entry that is not in the tail.
    func item(at seq: UInt64) -> Item? {
        let place = items.firstPlace(fromWhich: { $0.header.seq >= seq })
        guard items.indices.contains(place), items[place].header.seq == seq else { return nil }
        return items[place]
    }
}

extension OwnTail.Item {
    fileprivate init(_ entry: EntryView, isHeld: Bool = true) {
        header = entry.header
        changes = entry.body.map { _ in Array(entry.changes) }
        chain = isHeld ? entry.chain.first : nil
    }
}
