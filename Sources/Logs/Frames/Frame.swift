// SPDX-License-Identifier: MIT
import Basics

/// The frames of a log file: `kind u8 | length u32le | payload`.
package enum FrameKind: UInt8, Sendable {
    case birth = 1
    case batch = 2
    case seal = 3
}

package enum Frame {
    package static let headLength = 5
    package static let logMagic: [UInt8] = Array("BEATLOG".utf8) + [2]

    /// How many bytes follow the chain value in a seal: a signature of 64 bytes and its CBOR head.
    package static let sealTailLength = 66

    /// The whole frame around a payload.
    package static func bytes(_ kind: FrameKind, _ payload: [UInt8]) -> [UInt8] {
        let length = UInt32(payload.count)
        var out: [UInt8] = [kind.rawValue]
        out.reserveCapacity(payload.count + headLength)
        for shift: UInt32 in [0, 8, 16, 24] {
            out.append(UInt8(truncatingIfNeeded: length >> shift))
        }
        return out + payload
    }

    /// A frame as it stands in a file, if it is whole.
    struct Slice {
        let kind: FrameKind
        let payload: UnsafeRawBufferPointer
        let end: Int
    }

    /// Where the frame that starts at `offset` ends, and what it is if it is a good seal; nil if it
    /// is not whole.
    package static func seal(
        _ file: UnsafeRawBufferPointer, at offset: Int
    ) -> (seal: Seal?, end: Int)? {
        guard let slice = slice(file, at: offset) else { return nil }
        guard slice.kind == .seal else { return (nil, slice.end) }
        do throws(LogError) { return (try Seal(slice.payload), slice.end) } catch {
            return (nil, slice.end)
        }
    }

    /// The frame that starts at `offset`; nil if it is not whole, or of no known kind.
    static func slice(_ file: UnsafeRawBufferPointer, at offset: Int) -> Slice? {
        guard offset + headLength <= file.count, let kind = FrameKind(rawValue: file[offset])
        else { return nil }
        let length = Int(
            UInt32(littleEndian: file.loadUnaligned(fromByteOffset: offset + 1, as: UInt32.self)))
        let start = offset + headLength
        guard length <= file.count - start else { return nil }
        let payload = UnsafeRawBufferPointer(rebasing: file[start..<(start + length)])
        return Slice(kind: kind, payload: payload, end: start + length)
    }
}
