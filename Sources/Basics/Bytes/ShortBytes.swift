// SPDX-License-Identifier: MIT

/// Bytes that are few almost always: up to 23 of them are held in place, without an allocation.
///
/// Folding keeps several of these for each of a million entries, where an array each would cost
/// more than all the rest.
package struct ShortBytes: Hashable, Sendable {
    /// Which of the two follows from the count, so that equal bytes are equal values.
    private enum Room: Hashable, Sendable {
        /// Big-endian words with zeros after the bytes; the last byte of all is their count.
        case here(UInt64, UInt64, UInt64)
        case apart([UInt8])
    }

    private var room: Room

    private static let mostHere = 23

    package init() { room = .here(0, 0, 0) }

    package init(_ raw: UnsafeRawBufferPointer) {
        guard raw.count <= ShortBytes.mostHere else {
            room = .apart(Array(raw))
            return
        }
        room = withUnsafeTemporaryAllocation(byteCount: 24, alignment: 8) { words in
            words.initializeMemory(as: UInt8.self, repeating: 0)
            words.copyMemory(from: raw)
            words[23] = UInt8(raw.count)
            return .here(
                UInt64(bigEndian: words.load(as: UInt64.self)),
                UInt64(bigEndian: words.load(fromByteOffset: 8, as: UInt64.self)),
                UInt64(bigEndian: words.load(fromByteOffset: 16, as: UInt64.self)))
        }
    }

    package init(_ bytes: [UInt8]) {
        self =
            bytes.count > ShortBytes.mostHere
            ? ShortBytes(room: .apart(bytes)) : bytes.withUnsafeBytes { ShortBytes($0) }
    }

    private init(room: Room) { self.room = room }

    /// Eight bytes: a number, so that the order of numbers is the order of bytes.
    package init(bigEndian number: UInt64) { room = .here(number, 0, 8) }

    package var count: Int {
        switch room {
        case .here(_, _, let last): Int(last & 0xff)
        case .apart(let bytes): bytes.count
        }
    }

    package var isEmpty: Bool { count == 0 }

    package var array: [UInt8] {
        if case .apart(let bytes) = room { bytes } else { withRaw { Array($0) } }
    }

    /// The text, if the bytes are UTF-8.
    package var text: String { withRaw { String(decoding: $0, as: UTF8.self) } }

    /// Lends the bytes as raw memory.
    package func withRaw<Result, Trouble: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Trouble) -> Result
    ) throws(Trouble) -> Result {
        switch room {
        case .apart(let bytes): return try bytes.withRaw(body)
        case .here(let first, let second, let third):
            let words = (first.bigEndian, second.bigEndian, third.bigEndian)
            return try withUnsafePointer(to: words) { (start) throws(Trouble) -> Result in
                try body(UnsafeRawBufferPointer(start: start, count: Int(third & 0xff)))
            }
        }
    }

    /// Bytewise order; a proper prefix comes first.
    package func precedes(_ other: ShortBytes) -> Bool {
        if case .here(let first, let second, let third) = room,
            case .here(let one, let two, let three) = other.room
        {
            // Zeros after the bytes and then the count: a prefix is less than what goes on from it.
            return (first, second, third) < (one, two, three)
        }
        return withRaw { left in other.withRaw { left.precedes($0) } }
    }

    package mutating func append(_ byte: UInt8) {
        switch room {
        case .apart(var bytes):
            // Let go of first, so that the array is not copied.
            room = .here(0, 0, 0)
            bytes.append(byte)
            room = .apart(bytes)
        case .here(var first, var second, var third):
            let count = Int(third & 0xff)
            guard count < ShortBytes.mostHere else {
                room = .apart(array + [byte])
                return
            }
            let digit = UInt64(byte) << UInt64(56 - 8 * (count & 7))
            switch count >> 3 {
            case 0: first |= digit
            case 1: second |= digit
            default: third |= digit
            }
            room = .here(first, second, third + 1)
        }
    }
}
