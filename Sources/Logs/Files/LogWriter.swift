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
            after: LogPosition(
                offset: bytes.count, tip: log.start, sealedOffset: bytes.count,
                sealedTip: log.start),
            files: files)
    }

    /// The first bytes of a log: the magic and the birth.
    package static func opening(_ log: LogIdentity) -> [UInt8] {
        Frame.logMagic + Frame.bytes(.birth, log.birth.encoded)
    }

    /// Writes the entries as one batch, in one write, and seals when enough is unsealed.
    ///
    /// The headers carry on from `position.tip`. Returns when the batch would survive a power cut.
    /// Stops the program for a batch that a reader would refuse, an empty one among them.
    package mutating func append(
        _ entries: [EntryBytes], sealingWith key: SigningKey
    ) throws(Failure) {
        let tip = LogWriter.tip(after: position.tip, entries, in: log)
        let payload = Batch.payload(entries, chain: tip.chain)
        precondition(isReadable(payload), "a batch is written that a reader would refuse")
        var bytes = Frame.bytes(.batch, payload)
        var sealedOffset = position.sealedOffset
        var sealedTip = position.sealedTip
        if position.offset + bytes.count - position.sealedOffset >= Limits.unsealed {
            bytes += Frame.bytes(.seal, Seal(tip, of: log, with: key).encoded)
            sealedOffset = position.offset + bytes.count
            sealedTip = tip
        }
        try files.append(bytes, to: path, at: position.offset)
        position = LogPosition(
            offset: position.offset + bytes.count, tip: tip, sealedOffset: sealedOffset,
            sealedTip: sealedTip)
    }

    private func isReadable(_ payload: [UInt8]) -> Bool {
        do throws(LogError) {
            try payload.withRaw { (raw) throws(LogError) in
                var reader = BatchReader()
                _ = try reader.read(raw, at: 0, after: position.tip, in: log.id)
                try reader.checkBodies()
            }
            return true
        } catch {
            return false
        }
    }

    /// Signs all that is unsealed; nothing is written when nothing is.
    package mutating func seal(with key: SigningKey) throws(Failure) {
        guard position.sealedOffset < position.offset else { return }
        let bytes = Frame.bytes(.seal, Seal(position.tip, of: log, with: key).encoded)
        try files.append(bytes, to: path, at: position.offset)
        let end = position.offset + bytes.count
        position = LogPosition(
            offset: end, tip: position.tip, sealedOffset: end, sealedTip: position.tip)
    }

    /// The tip after entries whose headers were made for their places.
    package static func tip(
        after tip: LogTip, _ entries: [EntryBytes], in log: LogIdentity
    ) -> LogTip {
        var last = tip
        for entry in entries {
            let link = entry.header.withUnsafeBytes { raw in
                (header: header(raw, in: log), chain: Batch.link(last.chain, raw))
            }
            guard link.header.seq == last.seq + 1, link.header.time > last.time
            else { preconditionFailure("an entry was made for another place") }
            last = LogTip(seq: link.header.seq, time: link.header.time, chain: link.chain)
        }
        return last
    }

    private static func header(
        _ raw: UnsafeRawBufferPointer, in log: LogIdentity
    ) -> EntryHeader {
        do throws(EntryError) { return try EntryHeader(raw, in: log.id) } catch {
            preconditionFailure("an entry has a header that breaks the format")
        }
    }
}
