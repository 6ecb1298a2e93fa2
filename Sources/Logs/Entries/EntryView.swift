// SPDX-License-Identifier: MIT
package import Basics

/// One entry as it stands in a log's bytes, which its holder keeps alive.
package struct EntryView {
    package let header: EntryHeader
    /// The whole body, salt first; nil if it is absent.
    package let body: UnsafeRawBufferPointer?
    /// Where the entry's header item starts, in bytes from the start of the log file.
    package let offset: Int
    /// The log's chain value after this entry.
    package let chain: Bytes32

    /// Whether the entry once had a body that is not here.
    package var isBodyAbsent: Bool { body == nil && header.bodyDigest != nil }

    /// The body after its salt; empty if there is none.
    package var changes: UnsafeRawBufferPointer { EntryBody.changes(body) }
}
