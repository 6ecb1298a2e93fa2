// SPDX-License-Identifier: MIT
import Basics

/// An entry's type as its bytes.
package struct EntryType: Hashable, Sendable {
    private let bytes: ShortBytes

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = ShortBytes(bytes) }

    package init(_ text: String) { bytes = ShortBytes(Array(text.utf8)) }

    /// Of the only entries whose bodies are sealed: `Docs/Formats/Circles.md`.
    package static let sealed = EntryType(sealedName)

    /// Whether the item of a type says so; asked of every entry that is folded, so without a copy.
    static func isSealed(item: UnsafeRawBufferPointer) -> Bool {
        item.count == sealedName.utf8.count + 1 && item.dropFirst().elementsEqual(sealedName.utf8)
    }

    private static let sealedName = "sealed.entry"

    package var text: String { bytes.text }
}
