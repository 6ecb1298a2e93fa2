// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

extension LogReading {
    /// An entry about a record that says which one of its device it repeats.
    struct Repeat {
        let entry: EntryRef
        let offset: Int
        let named: PinnedEntry
    }

    /// The entry that another one says it repeats; nil for one about no record, and for one that
    /// says it in a way that is not used.
    static func again(_ entry: EntryView) -> PinnedEntry? {
        guard entry.isSealed == false, entry.header.isFromLaterVersion == false,
            mentionsAgain(entry.changes), case .map(let pairs)? = entry.said,
            pairs.keys.allSatisfy({ if case .text = $0 { true } else { false } }),
            let named = pairs[.text(EntryNote.again)].flatMap({ PinnedEntry($0) }), named.seq >= 1
        else { return nil }
        return named
    }

    /// Whether a body has that name, found without reading the values behind it: nearly none has.
    private static func mentionsAgain(_ changes: UnsafeRawBufferPointer) -> Bool {
        let name = EntryNote.again.utf8
        do throws(CBORError) {
            var reader = CBORReader(changes)
            for _ in 0..<(try reader.map()) {
                let key = try reader.text()
                if key.elementsEqual(name) { return true }
                // Names come in the order of their encoded bytes, a shorter one first.
                let isBehind =
                    key.count > name.count
                    || key.count == name.count && name.lexicographicallyPrecedes(key)
                guard isBehind == false else { return false }
                try reader.skip(depth: 1)
            }
        } catch {
            return false
        }
        return false
    }
}
