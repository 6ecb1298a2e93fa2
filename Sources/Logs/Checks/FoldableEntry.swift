// SPDX-License-Identifier: MIT
package import Basics

extension EntryView {
    /// The entry whose header item starts at `offset` of a log file that was checked before.
    ///
    /// Its chain value is left out. Throws if no entry stands there. A body that has rotted since
    /// is found, unless it is of no use.
    package init(
        at offset: Int, of file: UnsafeRawBufferPointer, in log: LogID, checksBody: Bool = true
    ) throws(EntryError) {
        guard offset >= 0, offset < file.count else { throw .headerMalformed(.endsEarly) }
        let rest = UnsafeRawBufferPointer(rebasing: file[offset...])
        let raw: UnsafeRawBufferPointer
        let body: UnsafeRawBufferPointer?
        do throws(CBORError) {
            var reader = CBORReader(rest)
            raw = try reader.bytes(limit: Limits.header)
            body = reader.takeNull() ? nil : try reader.bytes(limit: Limits.body)
        } catch {
            throw .headerMalformed(error)
        }
        self.init(
            header: try EntryHeader(raw, in: log), body: body, offset: offset, chain: .zero)
        if checksBody { checkBody() }
    }
}

/// What folding needs of an entry.
package struct FoldableEntry {
    package let seq: UInt64
    package let time: HybridTime
    package let bodyDigest: Bytes32?
    package let isFromLaterVersion: Bool
    /// Whether the body is open to the members of a circle alone.
    package let isSealed: Bool
    /// The whole body, salt first; nil if it is absent.
    package private(set) var body: UnsafeRawBufferPointer?

    /// Whether the entry once had a body that is not here.
    package var isBodyAbsent: Bool { body == nil && bodyDigest != nil }

    /// The body after its salt; empty if there is none, and where it is sealed.
    package var changes: UnsafeRawBufferPointer { EntryBody.changes(isSealed ? nil : body) }

    /// The entry whose header item starts at `offset` of a log file that was checked before: it is
    /// read, not checked again. Throws if no entry stands there.
    package init(at offset: Int, of file: UnsafeRawBufferPointer) throws(CBORError) {
        guard offset >= 0, offset < file.count else { throw .endsEarly }
        var reader = CBORReader(UnsafeRawBufferPointer(rebasing: file[offset...]))
        var header = CBORReader(try reader.bytes(limit: Limits.header))
        body = reader.takeNull() ? nil : try reader.bytes(limit: Limits.body)
        let items = try header.array()
        seq = try header.unsigned()
        time = HybridTime(raw: try header.unsigned())
        let type = header.position
        try header.pass()
        isSealed = EntryType.isSealed(item: header.slice(from: type))
        // The record that it is about, and its base.
        for _ in 0..<2 { try header.pass() }
        bodyDigest = header.takeNull() ? nil : try header.bytes32()
        isFromLaterVersion = items > 6
    }

    /// The same entry, whose body was found not to be what its header says.
    package var withoutBody: FoldableEntry {
        var copy = self
        copy.body = nil
        return copy
    }

    package init(_ entry: EntryView) {
        seq = entry.header.seq
        time = entry.header.time
        bodyDigest = entry.header.bodyDigest
        isFromLaterVersion = entry.header.isFromLaterVersion
        isSealed = entry.isSealed
        body = entry.body
    }
}
