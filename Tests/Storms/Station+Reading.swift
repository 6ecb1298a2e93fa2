// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Projections
import Queries
import Replicas
import Simulation

extension Station {
    /// Whether its access ended, so that it has no key for what the others write since, or never
    /// had one: it cannot read all of theirs, and leaves nothing for them.
    func isShutOut(by roster: Roster) throws -> Bool {
        let device = try opened().device
        // A cut whose command failed may have been written all the same.
        guard isCut || roster.device(device.key)?.isCut == true else { return false }
        return roster.writingEpoch.map(\.id).map { device.key($0) == nil } ?? device.epochs.isEmpty
    }

    /// The logs that it wrote.
    func ownLogs() throws -> Set<LogID> {
        let replica = try opened()
        return Set(
            replica.book.rows.filter { $0.identity?.key == replica.device.key }.map(\.id))
    }

    /// What the log's chain value begins with at an entry, read from the disk; nil if it is not
    /// there. Of a log with several histories the one counts that came first.
    func chain(_ entry: EntryID) throws -> Bytes16? {
        let path = "\(Station.folder)/logs/\(entry.log.hex).log"
        guard let bytes = files.bytesByPath[path] else { return nil }
        return try Station.chains(bytes, at: entry.seq).first
    }

    /// Whether an entry is held with a chain value, or one that repeats it is.
    func holds(_ entry: EntryID, _ chain: Bytes16) throws -> Bool {
        try Station.holds(entry, chain, in: files.bytesByPath)
    }

    /// The same of any disk.
    static func holds(
        _ entry: EntryID, _ chain: Bytes16, in disk: [String: [UInt8]]
    ) throws -> Bool {
        let logs = disk.filter { $0.key.hasPrefix("\(folder)/logs/") }
        for (path, bytes) in logs where path.hasPrefix("\(folder)/logs/\(entry.log.hex).") {
            if try chains(bytes, at: entry.seq).contains(chain) { return true }
        }
        let named = PinnedEntry(log: entry.log, seq: entry.seq, chain: chain)
        return try logs.values.contains { try repeats($0).contains(named) }
    }

    private static func chains(_ log: [UInt8], at seq: UInt64) throws -> [Bytes16] {
        var chains: [Bytes16] = []
        try visit(log) { if $0.header.seq == seq { chains.append($0.chain.first) } }
        return chains
    }

    /// The entries that those of a log repeat.
    private static func repeats(_ log: [UInt8]) throws -> Set<PinnedEntry> {
        var repeats: Set<PinnedEntry> = []
        try visit(log) { entry in
            guard entry.body != nil, case .map(let pairs) = try CBORValue(raw: entry.changes),
                let again = pairs[.text(EntryNote.again)], let pinned = PinnedEntry(again)
            else { return }
            repeats.insert(pinned)
        }
        return repeats
    }

    private static func visit(_ log: [UInt8], _ visitor: (EntryView) throws -> Void) throws {
        try log.withRaw { raw in
            var scanner = try LogScanner(raw)
            while let step = try scanner.next() {
                guard step == .batch else { continue }
                for entry in scanner.entries { try visitor(entry) }
            }
        }
    }
}
