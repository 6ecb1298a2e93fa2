// SPDX-License-Identifier: MIT
import Basics
import Logs

/// What this device wrote in a log of its own from one entry on, taken out of the file.
struct OwnTail {
    struct Item {
        let header: EntryHeader
        /// The body after its salt; nil for an entry that never had one.
        let changes: [UInt8]?
        /// The first half of the log's chain value after the entry.
        let chain: Bytes16
    }

    let log: LogIdentity
    /// The entry before, where another history parts.
    let before: LogTip
    /// Where in the file the batch with the first of the entries begins.
    let offset: Int
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

    /// Nil for an entry before the tail, and for one after it.
    func item(at seq: UInt64) -> Item? {
        guard seq > before.seq, seq - before.seq <= UInt64(items.count) else { return nil }
        return items[Int(seq - before.seq) - 1]
    }
}

extension OwnTail.Item {
    fileprivate init(_ entry: EntryView) {
        header = entry.header
        changes = entry.body.map { _ in Array(entry.changes) }
        chain = entry.chain.first
    }

    var pinned: (UInt64, Bytes16) { (header.seq, chain) }
}
