// SPDX-License-Identifier: MIT
import Basics
import Logs
import Simulation

extension Station {
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
