// SPDX-License-Identifier: MIT

/// Why bytes are not a deterministic CBOR item as `Docs/Formats/Encoding.md` narrows it.
package enum CBORError: Error, Hashable, Sendable, CaseIterable {
    case endsEarly
    case notShortest
    case indefinite
    case unsupported
    case outOfRange
    case notUTF8
    case stringTooLong
    case keysOutOfOrder
    case badKey
    case tooDeep
    case trailingBytes
    case unexpectedType
}
