// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What a slice is to a device that holds what it holds.
package enum SliceVerdict: Hashable, Sendable {
    case new(SliceGrowth)
    case alreadyHeld(SliceHeld)
    /// Good as far as can be told; these entries of its log are wanted first.
    case waiting(SeqRange)
    case forked(Fork)
    case setAside(FileFault)
}

/// What a slice is that adds no entry to the log held.
package struct SliceHeld: Hashable, Sendable {
    package let range: SeqRange
    /// Entries whose bodies the slice lacks.
    package let lacking: [SeqRange]
    /// Bodies that the log held lacks, by the seqs of their entries.
    package let bodies: [UInt64: [UInt8]]
    /// The slice's seals, whole frames by the seqs that they cover, if it has such bodies.
    let sealFrames: [UInt64: [UInt8]]

    package init(
        _ range: SeqRange, lacking: [SeqRange] = [], bodies: [UInt64: [UInt8]] = [:],
        sealFrames: [UInt64: [UInt8]] = [:]
    ) {
        self.range = range
        self.lacking = lacking
        self.bodies = bodies
        self.sealFrames = sealFrames
    }
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
    /// Entries of the slice whose bodies it lacks.
    package let lacking: [SeqRange]
    /// Bodies that the log held lacks, by the seqs of their entries.
    package let bodies: [UInt64: [UInt8]]
    /// The slice's seals, whole frames by the seqs that they cover, if it has such bodies.
    let sealFrames: [UInt64: [UInt8]]
    /// Of another history of a log that is held, whose frames are then all there: the last entry
    /// that the two share.
    let parting: LogTip?
}
