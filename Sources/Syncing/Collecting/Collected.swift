// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// What one look at an exchange, or at something brought by hand, came to. Nothing is written yet.
package struct Collected: Sendable {
    package struct File: Hashable, Sendable {
        package let name: String
        package let outcome: FileOutcome
    }

    /// An entry, signed by someone who may make keys, that seals a key to this device which does
    /// not open.
    package struct Unopened: Hashable, Sendable {
        package let entry: PinnedEntry
        /// The id of the key.
        package let key: Bytes16
    }

    /// Every file that was looked at, in the order of their names.
    package let files: [File]
    /// What to add to each log that grew, sorted by log.
    package let growths: [LogGrowth]
    /// What to remember of the exchange, once the growths were applied.
    package let memory: SegmentMemory
    /// Whether more is there than one look takes in: apply this, then collect again.
    package let isPartial: Bool
    /// Logs of which a file holds more than their devices have signed.
    package let unsigned: [LogID]
    package let unopened: [Unopened]
    /// The names of files that were read and have the names of other bytes.
    package let misnamed: Set<String>

    /// What happened, what is safe, what next.
    package var sentence: String {
        let entries = growths.reduce(0) { $0 + $1.range.count }
        let more = isPartial ? " More is there; collecting goes on." : ""
        guard entries > 0 else { return "No new entry was there.\(more)" }
        let devices = growths.count == 1 ? "one log" : "\(growths.count) logs"
        let what = entries == 1 ? "One new entry" : "\(entries) new entries"
        return "\(what) of \(devices), checked.\(more)"
    }
}

/// What one log grows by.
package struct LogGrowth: Hashable, Sendable {
    package let log: LogIdentity
    /// Of the file.
    package let name: String
    /// Whether nothing was held of the history: the bytes are then a whole file.
    package let isNew: Bool
    /// Whether it is this device's own log: then someone else holds more of it than this device, so
    /// that the device was restored or cloned and must begin a new log.
    package let isOwn: Bool
    /// The end of the log before, and after.
    package let from: LogTip
    package let tip: LogTip
    /// Where in the log's file the bytes belong: at its end.
    package let offset: Int
    package let bytes: [UInt8]
    /// Bodies that the file lacks before that offset, by the seqs of their entries.
    package let bodies: [UInt64: [UInt8]]
    /// Seals that came with them, whole frames by the seqs that they cover.
    let sealFrames: [UInt64: [UInt8]]

    /// The new entries; none where nothing but bodies came.
    package var range: SeqRange { SeqRange(first: from.seq + 1, last: tip.seq) }
}
