// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// Writes the bytes of a log, batch by batch, as its device would.
package struct LogBuilder: Sendable {
    package let device: TestDevice
    package let log: LogIdentity
    package private(set) var bytes: [UInt8]
    package private(set) var position: LogPosition
    /// Where each frame ends, the birth's first.
    package private(set) var ends: [Int]

    package init(
        _ device: TestDevice, in partnership: PartnershipID?, nonce: UInt64 = 1,
        recovery: RecoveryKeys? = nil, after previous: Birth.Previous? = nil
    ) {
        self.device = device
        log = LogIdentity(
            device.birth(in: partnership, nonce: nonce, recovery: recovery, after: previous))
        bytes = LogWriter.opening(log)
        ends = [bytes.count]
        position = LogPosition(
            offset: bytes.count, tip: log.start, sealedOffset: bytes.count, sealedTip: log.start)
    }

    /// A log with a number of batches, sealed after the last.
    package init(
        _ device: TestDevice, in partnership: PartnershipID?, batches: Int, bodySize: Int = 8
    ) {
        self.init(device, in: partnership)
        for _ in 0..<batches { append(1, bodySize: bodySize) }
        seal()
    }

    /// One batch of entries about no record; `mark` makes entries of one place differ.
    package mutating func append(_ count: Int = 1, bodySize: Int = 8, mark: UInt8 = 0) {
        let entries = (1...UInt64(count)).map { place in
            LogBuilder.entry(
                seq: position.tip.seq + place, after: position.tip.time, bodySize: bodySize,
                mark: mark)
        }
        append(entries)
    }

    /// One batch of entries that were made for their places.
    package mutating func append(_ entries: [EntryBytes]) {
        let batch = LogWriter.checked(entries, after: position.tip, in: log)
        add(Frame.bytes(.batch, batch.payload))
        position = LogPosition(
            offset: bytes.count, tip: batch.tip, sealedOffset: position.sealedOffset,
            sealedTip: position.sealedTip)
    }

    /// The same log up to one of its frames.
    package func cut(at end: Int) -> LogBuilder {
        var cut = self
        cut.bytes = Array(bytes.prefix(end))
        cut.ends = ends.filter { $0 <= end }
        cut.position = cut.bytes.withRaw { raw in
            do throws(LogError) {
                var scanner = try LogScanner(raw)
                while try scanner.next() != nil {}
                return scanner.position
            } catch {
                preconditionFailure("what was built is a log: \(error)")
            }
        }
        return cut
    }

    package mutating func seal() {
        add(Frame.bytes(.seal, Seal(position.tip, of: log, with: device.key).encoded))
        position = LogPosition(
            offset: bytes.count, tip: position.tip, sealedOffset: bytes.count,
            sealedTip: position.tip)
    }

    /// Lets the body rot that was written last: it is not what its header names any more.
    package mutating func rotLastBody() {
        let chainLength = 32
        bytes[bytes.count - chainLength - 1] ^= 1
    }

    package static func entry(
        seq: UInt64, after time: HybridTime, bodySize: Int, mark: UInt8,
        subject: EntrySubject = .none
    ) -> EntryBytes {
        var changes = CBORWriter()
        changes.map(1)
        changes.text("note")
        changes.byteString([UInt8](repeating: UInt8(truncatingIfNeeded: seq), count: bodySize))
        let salt = [UInt8](repeating: mark, count: Limits.salt)
        let body = EntryBody.bytes(salt: salt, changes: changes.bytes)
        let header = EntryHeader(
            place: (seq, HybridTime(raw: time.raw + seq)), type: "case.noted", subject: subject,
            bodyDigest: EntryBody.digest(body))
        return EntryBytes(header: header.encoded, body: body)
    }

    private mutating func add(_ frame: [UInt8]) {
        bytes += frame
        ends.append(bytes.count)
    }
}
