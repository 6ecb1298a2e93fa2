// SPDX-License-Identifier: MIT
package import Basics

/// The bytes of an entry before it has its place: a header and its body.
package struct EntryBytes: Hashable, Sendable {
    package let header: [UInt8]
    package let body: [UInt8]?

    package init(header: [UInt8], body: [UInt8]?) {
        self.header = header
        self.body = body
    }

    /// An entry as it stands in a file, which a later version may have written; nil if none does.
    init?(in file: UnsafeRawBufferPointer, at offset: Int) {
        do throws(CBORError) {
            var reader = CBORReader(UnsafeRawBufferPointer(rebasing: file[offset...]))
            header = Array(try reader.bytes(limit: Limits.header))
            body = reader.takeNull() ? nil : Array(try reader.bytes(limit: Limits.body))
        } catch {
            return nil
        }
    }
}

package enum Batch {
    /// A batch's payload: the entries, then the chain value after the last of them.
    package static func payload(_ entries: [EntryBytes], chain: Bytes32) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(entries.count * 2)
        for entry in entries {
            writer.byteString(entry.header)
            if let body = entry.body { writer.byteString(body) } else { writer.null() }
        }
        writer.encoded(chain.array)
        return writer.bytes
    }

    /// The next link of a chain.
    package static func link(_ chain: Bytes32, _ header: UnsafeRawBufferPointer) -> Bytes32 {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { prefix in
            chain.store(to: prefix.baseAddress.unsafelyUnwrapped)
            return Digest.of(prefix: UnsafeRawBufferPointer(prefix), header).bytes
        }
    }
}
