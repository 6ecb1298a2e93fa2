// SPDX-License-Identifier: MIT
import Basics

/// An entry's type as its bytes.
package struct EntryType: Hashable, Sendable {
    private let bytes: ShortBytes

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = ShortBytes(bytes) }

    package init(_ text: String) { bytes = ShortBytes(Array(text.utf8)) }

    package var text: String { bytes.text }
}
