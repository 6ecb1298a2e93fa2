// SPDX-License-Identifier: MIT
import Basics
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
    /// there.
    func chain(_ entry: EntryID) throws -> Bytes16? {
        let path = "\(Station.folder)/logs/\(entry.log.hex).log"
        guard let bytes = files.bytesByPath[path] else { return nil }
        return try bytes.withRaw { raw -> Bytes16? in
            var scanner = try LogScanner(raw)
            var chain: Bytes16?
            while try scanner.next() != nil {
                for found in scanner.entries where found.header.seq == entry.seq {
                    chain = found.chain.first
                }
            }
            return chain
        }
    }
}
