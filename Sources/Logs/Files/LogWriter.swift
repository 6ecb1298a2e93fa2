// SPDX-License-Identifier: MIT
package import Basics

/// Adds to the end of one log file: the own log of the device that holds the lock.
package struct LogWriter: ~Copyable {
    package let log: LogIdentity
    package let path: String
    package private(set) var position: LogPosition
    private let files: any FileSystem

    /// Goes on after `position`, the end of the file.
    package init(
        _ log: LogIdentity, at path: String, after position: LogPosition, files: any FileSystem
    ) {
        self.log = log
        self.path = path
        self.position = position
        self.files = files
    }

    /// Makes the file of a log that begins now.
    package init(
        beginning log: LogIdentity, at path: String, files: any FileSystem
    ) throws(Failure) {
        let bytes = LogWriter.opening(log)
        try files.create(path, bytes)
        self.init(
            log, at: path,
            after: LogPosition(atSeal: log.start, offset: bytes.count),
            files: files)
    }

    /// The first bytes of a log: the magic and the birth.
    package static func opening(_ log: LogIdentity) -> [UInt8] {
        Frame.logMagic + Frame.bytes(.birth, log.birth.encoded)
    }

    /// Writes the entries as one batch, in one write, and seals when enough is unsealed, or before
    /// and after them where they have to stand alone between two seals.
    ///
    /// The headers carry on from `position.tip`. Returns when the batch would survive a power cut.
    /// Stops the program for a batch that a reader would refuse, an empty one among them.
    package mutating func append(
        _ entries: [EntryBytes], sealingWith key: SigningKey, isAlone: Bool = false
    ) throws(Failure) {
        let batch = LogWriter.checked(entries, after: position.tip, in: log)
        let tip = batch.tip
        var bytes: [UInt8] = []
        if isAlone, position.sealedOffset < position.offset {
            bytes += Frame.bytes(.seal, Seal(position.tip, of: log, with: key).encoded)
        }
        bytes += Frame.bytes(.batch, batch.payload)
        var sealedOffset = position.sealedOffset
        var sealedTip = position.sealedTip
        let unsealed = position.offset + bytes.count - position.sealedOffset
        if isAlone || unsealed >= Limits.unsealed {
            bytes += Frame.bytes(.seal, Seal(tip, of: log, with: key).encoded)
            sealedOffset = position.offset + bytes.count
            sealedTip = tip
        }
        try files.append(bytes, to: path, at: position.offset)
        position = LogPosition(
            offset: position.offset + bytes.count, tip: tip, sealedOffset: sealedOffset,
            sealedTip: sealedTip)
    }

    /// Signs all that is unsealed; nothing is written when nothing is.
    package mutating func seal(with key: SigningKey) throws(Failure) {
        guard position.sealedOffset < position.offset else { return }
        let bytes = Frame.bytes(.seal, Seal(position.tip, of: log, with: key).encoded)
        try files.append(bytes, to: path, at: position.offset)
        position = LogPosition(
            atSeal: position.tip, offset: position.offset + bytes.count)
    }

    /// Entries that were made for their places, as a batch that any reader takes.
    package static func checked(
        _ entries: [EntryBytes], after tip: LogTip, in log: LogIdentity
    ) -> CheckedBatch {
        do throws(LogError) {
            return try CheckedBatch(entries, after: tip, in: log.id)
        } catch {
            preconditionFailure("a batch that no reader takes is never written: \(error)")
        }
    }
}
