// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs

extension EntryView {
    /// The entry that this one says it repeats; nil for one that says it in a way that is not used.
    package var again: PinnedEntry? {
        guard EntryView.mentionsAgain(changes), header.isFromLaterVersion == false,
            case .map(let pairs)? = said,
            pairs.keys.allSatisfy({ if case .text = $0 { true } else { false } }),
            let named = pairs[.text(EntryNote.again)].flatMap({ PinnedEntry($0) }), named.seq >= 1
        else { return nil }
        return named
    }

    /// Whether a body has that name, found without decoding what stands behind names: nearly none
    /// has. Names come in the order of their encoded bytes, a shorter one first.
    private static func mentionsAgain(_ changes: UnsafeRawBufferPointer) -> Bool {
        // Most bodies begin with a name that comes after it.
        guard changes.count > 2, changes[1] < head || changes[1] == head && changes[2] <= first
        else { return false }
        let name = EntryNote.again.utf8
        do throws(CBORError) {
            var reader = CBORReader(changes)
            for _ in 0..<(try reader.map()) {
                let key = try reader.text()
                if key.elementsEqual(name) { return true }
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

    /// The head of a text as long as the name, and the name's first byte.
    private static var head: UInt8 { 0x65 }
    private static var first: UInt8 { UInt8(ascii: "a") }
}
