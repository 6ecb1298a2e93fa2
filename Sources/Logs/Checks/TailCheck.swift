// SPDX-License-Identifier: MIT
import Basics

/// What the bytes are after the last frame that could be read.
package enum TailVerdict: Hashable, Sendable {
    /// Nothing follows.
    case clean
    /// The rest of a write that was never acknowledged, from this offset on.
    case torn(offset: Int)
    /// A frame that stands by itself comes later: what lies between was whole once.
    case damaged(offset: Int, standing: Int)
}

/// Tells a torn tail, which may be cut, from damage, which must never be.
package enum TailCheck {
    /// Looks at all bytes of the file after `position`, where a scan stopped.
    package static func verdict(
        _ file: UnsafeRawBufferPointer, after position: LogPosition, in log: LogIdentity
    ) -> TailVerdict {
        guard position.offset < file.count else { return .clean }
        var reader = BatchReader()
        var offset = position.offset + 1
        while offset < file.count {
            if stands(file, at: offset, after: position.tip.seq, log: log, reader: &reader) {
                return .damaged(offset: position.offset, standing: offset)
            }
            offset += 1
        }
        return .torn(offset: position.offset)
    }

    private static func stands(
        _ file: UnsafeRawBufferPointer, at offset: Int, after seq: UInt64, log: LogIdentity,
        reader: inout BatchReader
    ) -> Bool {
        guard let frame = Frame.slice(file, at: offset) else { return false }
        switch frame.kind {
        case .birth: return false
        case .batch: return reader.standsAlone(frame.payload, after: seq, in: log.id)
        case .seal:
            do throws(LogError) { return try Seal(frame.payload).verifies(for: log) } catch {
                return false
            }
        }
    }
}
