// SPDX-License-Identifier: MIT

/// Reads one deterministic CBOR item in place, front to back.
///
/// The reader borrows memory that its caller keeps alive, copies nothing, and never reads past
/// `end`.
/// Valid means valid as in `Docs/Formats/Encoding.md`; anything else throws a `CBORError`.
package struct CBORReader {
    package static let depthLimit = 8
    package static let stringLimit = 65_536

    @usableFromInline let base: UnsafeRawPointer
    package var position: Int
    @usableFromInline let end: Int

    /// Starts at the first byte of `bytes`; an empty buffer is an item that ends early.
    package init(_ bytes: UnsafeRawBufferPointer) {
        // Any address serves for an empty buffer: nothing is read from it.
        base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        position = 0
        end = bytes.count
    }

    @inlinable package var remaining: Int { end - position }

    /// Throws unless every byte was read.
    @inlinable package func finish() throws(CBORError) {
        guard position == end else { throw .trailingBytes }
    }

    @inlinable package mutating func unsigned() throws(CBORError) -> UInt64 {
        let (major, value) = try head()
        guard major == 0 else { throw .unexpectedType }
        return value
    }

    /// An unsigned or negative integer that fits 64 signed bits.
    @inlinable package mutating func signed() throws(CBORError) -> Int64 {
        let (major, value) = try head()
        guard major <= 1 else { throw .unexpectedType }
        guard value <= UInt64(Int64.max) else { throw .outOfRange }
        return major == 0 ? Int64(value) : -1 - Int64(value)
    }

    @inlinable package mutating func array() throws(CBORError) -> Int { try count(of: 4) }

    @inlinable package mutating func map() throws(CBORError) -> Int { try count(of: 5) }

    /// The bytes of a byte string, in place; at most `limit` of them.
    @inlinable package mutating func bytes(
        limit: Int = CBORReader.stringLimit
    ) throws(CBORError) -> UnsafeRawBufferPointer {
        try string(major: 2, limit: limit)
    }

    /// The valid UTF-8 bytes of a text string, in place.
    @inlinable package mutating func text() throws(CBORError) -> UnsafeRawBufferPointer {
        let text = try string(major: 3, limit: Self.stringLimit)
        guard UTF8Check.isValid(text) else { throw .notUTF8 }
        return text
    }

    @inlinable package mutating func string() throws(CBORError) -> String {
        String(decoding: try text(), as: UTF8.self)
    }

    @inlinable package mutating func bytes16() throws(CBORError) -> Bytes16 {
        let bytes = try bytes()
        guard bytes.count == 16, let start = bytes.baseAddress else { throw .unexpectedType }
        return Bytes16(start)
    }

    @inlinable package mutating func bytes32() throws(CBORError) -> Bytes32 {
        let bytes = try bytes()
        guard bytes.count == 32, let start = bytes.baseAddress else { throw .unexpectedType }
        return Bytes32(start)
    }

    /// Takes a null if one is next; false, and nothing taken, otherwise.
    @inlinable package mutating func takeNull() -> Bool {
        guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == 0xf6 else {
            return false
        }
        position += 1
        return true
    }

    /// The major type of the next item (0 to 7).
    @inlinable package func peekMajor() throws(CBORError) -> UInt8 {
        guard position < end else { throw .endsEarly }
        return base.load(fromByteOffset: position, as: UInt8.self) >> 5
    }

    /// Where the next item starts, for a slice that is taken after `skip`.
    @inlinable package func slice(from start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + start, count: position - start)
    }

    /// The argument of the next head, in its shortest form, and its major type.
    @inlinable package mutating func head() throws(CBORError) -> (major: UInt8, value: UInt64) {
        guard position < end else { throw .endsEarly }
        let first = base.load(fromByteOffset: position, as: UInt8.self)
        position += 1
        let major = first >> 5
        let low = first & 31
        if low < 24 {
            guard major != 7 || (20...22).contains(low) else { throw .unsupported }
            guard major != 6 else { throw .unsupported }
            return (major, UInt64(low))
        }
        guard major < 6 else { throw .unsupported }
        guard low != 31 else { throw .indefinite }
        guard low <= 27 else { throw .unsupported }
        return (major, try longArgument(width: 1 << Int(low - 24)))
    }

    @usableFromInline mutating func longArgument(width: Int) throws(CBORError) -> UInt64 {
        guard remaining >= width else { throw .endsEarly }
        let start = base + position
        position += width
        switch width {
        case 1:
            let value = UInt64(start.load(as: UInt8.self))
            guard value >= 24 else { throw .notShortest }
            return value
        case 2:
            let value = UInt64(UInt16(bigEndian: start.loadUnaligned(as: UInt16.self)))
            guard value > 0xff else { throw .notShortest }
            return value
        case 4:
            let value = UInt64(UInt32(bigEndian: start.loadUnaligned(as: UInt32.self)))
            guard value > 0xffff else { throw .notShortest }
            return value
        default:
            let value = UInt64(bigEndian: start.loadUnaligned(as: UInt64.self))
            guard value > 0xffff_ffff else { throw .notShortest }
            return value
        }
    }

    /// A count that the bytes left could hold: nothing is ever allocated for more than is there.
    @inlinable mutating func count(of wanted: UInt8) throws(CBORError) -> Int {
        let (major, value) = try head()
        guard major == wanted else { throw .unexpectedType }
        guard value <= UInt64(remaining) else { throw .endsEarly }
        return Int(value)
    }

    @inlinable mutating func string(
        major wanted: UInt8, limit: Int
    ) throws(CBORError) -> UnsafeRawBufferPointer {
        let (major, value) = try head()
        guard major == wanted else { throw .unexpectedType }
        guard value <= UInt64(limit) else { throw .stringTooLong }
        guard value <= UInt64(remaining) else { throw .endsEarly }
        let start = position
        position += Int(value)
        return slice(from: start)
    }
}
