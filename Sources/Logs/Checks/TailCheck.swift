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
    /// So many bytes are searched at once: what is found early needs no memory for the rest.
    private static let stretch = 2 * Limits.batchPayload

    /// Looks at all bytes of the file after `position`, where a scan stopped.
    package static func verdict(
        _ file: UnsafeRawBufferPointer, after position: LogPosition, in log: LogIdentity
    ) -> TailVerdict {
        guard position.offset < file.count else { return .clean }
        var start = position.offset + 1
        while start < file.count {
            let end = min(file.count, start + stretch)
            // A frame that begins in the stretch may end after it.
            let reach = min(file.count, end + Frame.headLength + Limits.batchPayload)
            let frames = StandingFrames(file, within: start..<reach, of: log)
            for offset in start..<end where frames.stands(at: offset, after: position.tip.seq) {
                return .damaged(offset: position.offset, standing: offset)
            }
            start = end
        }
        return .torn(offset: position.offset)
    }
}
