// SPDX-License-Identifier: MIT
package import Basics

/// One entry as it stands in a log's bytes, which its holder keeps alive.
package struct EntryView {
    package let header: EntryHeader
    /// The whole body, salt first; nil if it is absent or rotten.
    package private(set) var body: UnsafeRawBufferPointer?
    /// Where the entry's header item starts, in bytes from the start of the log file.
    package let offset: Int
    /// The log's chain value after this entry.
    package let chain: Bytes32

    /// Whether bytes stand in the body's place that are not what the header was made for.
    package private(set) var isBodyRotten = false

    package init(
        header: EntryHeader, body: UnsafeRawBufferPointer?, offset: Int, chain: Bytes32
    ) {
        self.header = header
        self.body = body
        self.offset = offset
        self.chain = chain
    }

    /// Whether the entry once had a body that is not here, or not as it was.
    package var isBodyAbsent: Bool { body == nil && header.bodyDigest != nil }

    /// Takes a body that is not what the header says for one that is absent.
    mutating func checkBody() {
        guard let body, EntryBody.digest(body) != header.bodyDigest else { return }
        self.body = nil
        isBodyRotten = true
    }

    /// Whether the body is open to the members of a circle alone.
    package var isSealed: Bool { header.label == .sealed }

    /// The body after its salt; empty if there is none, and where it is sealed.
    package var changes: UnsafeRawBufferPointer { EntryBody.changes(isSealed ? nil : body) }

    /// What the changes say; nil where there are none, and for bytes that are no CBOR: such a body
    /// is kept and forwarded, and says nothing.
    package var said: CBORValue? {
        do throws(CBORError) { return try CBORValue(raw: changes) } catch { return nil }
    }
}
