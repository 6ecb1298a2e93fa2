// SPDX-License-Identifier: MIT
package import Basics

/// An entry's body as bytes: sixteen bytes of salt, then a CBOR map of changes.
///
/// The salt dies with the body, so that a digest left in a header tells nobody what was erased.
package enum EntryBody {
    private static let domain = Domain.body.utf8

    /// `salt` has `Limits.salt` bytes; `changes` is an encoded CBOR map.
    package static func bytes(salt: [UInt8], changes: [UInt8]) -> [UInt8] {
        precondition(salt.count == Limits.salt, "a body starts with sixteen bytes of salt")
        return salt + changes
    }

    /// A body after its salt; empty if there is none.
    static func changes(_ body: UnsafeRawBufferPointer?) -> UnsafeRawBufferPointer {
        guard let body, body.count > Limits.salt else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(rebasing: body[Limits.salt...])
    }

    /// What a header says of this body.
    package static func digest(_ raw: UnsafeRawBufferPointer) -> Bytes32 {
        domain.withUnsafeBytes { Digest.of(prefix: $0, raw).bytes }
    }

    package static func digest(_ bytes: [UInt8]) -> Bytes32 {
        bytes.withUnsafeBytes { digest($0) }
    }
}
