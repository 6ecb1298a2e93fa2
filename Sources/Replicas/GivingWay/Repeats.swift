// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Queries

/// What of an own log's tail was written again before, in whichever log of this device.
struct Repeats {
    /// By the seq of what is repeated.
    private(set) var entries: [UInt64: EntryID] = [:]
    /// Logs that hold more than repeated entries and what a device writes by itself.
    private(set) var mixed: Set<LogID> = []

    /// Takes in what one log says.
    mutating func read(_ file: UnsafeRawBufferPointer, of log: LogIdentity, repeating tail: OwnTail)
    {
        var scanner: LogScanner
        do throws(LogError) { scanner = try LogScanner(file) } catch { return }
        while let step = scanner.nextIfGood() {
            guard step == .batch else { continue }
            for entry in scanner.entries
            where EventName.automatic.contains(entry.header.type) == false {
                guard let again = entry.again, again.log == tail.log.id,
                    tail.item(at: again.seq)?.chain == again.chain
                else {
                    mixed.insert(log.id)
                    continue
                }
                entries[again.seq] = EntryID(log: log.id, seq: entry.header.seq)
            }
        }
    }
}
