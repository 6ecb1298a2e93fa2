// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What a slice is to a device that holds what it holds.
package enum SliceVerdict: Hashable, Sendable {
    case new(SliceGrowth)
    case alreadyHeld(SeqRange)
    /// Good as far as can be told; these entries of its log are wanted first.
    case waiting(SeqRange)
    case forked(Fork)
    case setAside(FileFault)
}

/// What a slice adds to the log held.
package struct SliceGrowth: Hashable, Sendable {
    package let log: LogIdentity
    /// The entries that are new; none where the slice brings a birth alone.
    package let range: SeqRange
    package let tip: LogTip
    /// The frames to add, from just after what is held to the slice's last seal; a new log's begin
    /// with its birth, without the magic.
    package let frames: [UInt8]
    /// The places that the seals among them cover.
    let seals: [LogTip]
}
