// SPDX-License-Identifier: MIT
import Basics

/// An entry's type as its bytes, held without an allocation: a reader sees a million of them.
package struct EntryType: Hashable, Sendable {
    // At most `Limits.type` bytes, zeros after them.
    private let first: Bytes16
    private let second: Bytes16
    private let third: Bytes16

    /// Takes the bytes of a type; those past the limit are left out.
    package init(_ bytes: UnsafeRawBufferPointer) {
        (first, second, third) = withUnsafeTemporaryAllocation(
            byteCount: Limits.type, alignment: 8
        ) { room in
            room.initializeMemory(as: UInt8.self, repeating: 0)
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(Limits.type)))
            let start = UnsafeRawPointer(room.baseAddress.unsafelyUnwrapped)
            return (Bytes16(start), Bytes16(start + 16), Bytes16(start + 32))
        }
    }

    package init(_ text: String) {
        self = Array(text.utf8).withUnsafeBytes { EntryType($0) }
    }

    package var text: String {
        let bytes = first.array + second.array + third.array
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
