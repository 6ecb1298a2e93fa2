// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Replicas
import Simulation

extension Station {
    /// Whether its access ended before any key reached it: it can read nothing of the others, nor
    /// give them anything.
    var isIsolated: Bool {
        get throws { isCut ? try opened().device.epochs.isEmpty : false }
    }

    /// The logs on its disk.
    var logs: [LogID] {
        files.paths(under: "\(Station.folder)/logs").compactMap { path in
            path.split(separator: "/").last.flatMap {
                Bytes16(hex: $0.dropLast(4)).map { LogID($0) }
            }
        }
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
