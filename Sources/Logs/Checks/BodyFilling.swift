// SPDX-License-Identifier: MIT
import Basics

/// Puts bodies back into frames whose headers name them. Headers, chain values and seals stay as
/// they are, so that the log is the same log.
package enum BodyFilling {
    /// The bytes of a log file with bodies, by the seqs of their entries, where they are lacking.
    package static func filled(
        _ file: UnsafeRawBufferPointer, with bodies: [UInt64: [UInt8]]
    ) throws(LogError) -> [UInt8] {
        filled(file, with: bodies, by: try LogScanner(file))
    }

    /// The same for frames that go on from a place of a log.
    package static func filled(
        _ frames: UnsafeRawBufferPointer, with bodies: [UInt64: [UInt8]], of log: LogIdentity,
        after tip: LogTip
    ) -> [UInt8] {
        let start = LogPosition(offset: 0, tip: tip, sealedOffset: 0, sealedTip: tip)
        return filled(frames, with: bodies, by: LogScanner(frames, of: log, from: start))
    }

    private static func filled(
        _ file: UnsafeRawBufferPointer, with bodies: [UInt64: [UInt8]], by start: LogScanner
    ) -> [UInt8] {
        var scanner = start
        var out = Array(file[..<scanner.position.offset])
        out.reserveCapacity(file.count + bodies.values.reduce(0) { $0 + $1.count + 8 })
        var offset = scanner.position.offset
        while let step = scanner.nextIfGood() {
            let frame = file[offset..<scanner.position.offset]
            offset = scanner.position.offset
            let new = step == .batch ? batch(scanner, file, with: bodies) : nil
            if let new { out += new } else { out += frame }
        }
        // What is not good stays as it is.
        return out + file[offset...]
    }

    /// The frame of the batch that was read last, filled; nil if it takes nothing.
    private static func batch(
        _ scanner: LogScanner, _ file: UnsafeRawBufferPointer, with bodies: [UInt64: [UInt8]]
    ) -> [UInt8]? {
        let views = scanner.entries
        func body(for view: EntryView) -> [UInt8]? {
            guard view.isBodyAbsent, let body = bodies[view.header.seq],
                EntryBody.digest(body) == view.header.bodyDigest
            else { return nil }
            return body
        }
        guard views.contains(where: { body(for: $0) != nil }) else { return nil }
        var entries: [EntryBytes] = []
        for view in views {
            guard let (header, old) = items(file, at: view.offset) else { return nil }
            entries.append(EntryBytes(header: header, body: body(for: view) ?? old))
        }
        let payload = Batch.payload(entries, chain: scanner.position.tip.chain)
        // Whoever wrote headers for more than a batch holds never had such bodies in it.
        guard payload.count <= Limits.batchPayload else { return nil }
        return Frame.bytes(.batch, payload)
    }

    /// The two items of an entry as they stand, which a later version may have written.
    private static func items(
        _ file: UnsafeRawBufferPointer, at offset: Int
    ) -> (header: [UInt8], body: [UInt8]?)? {
        do throws(CBORError) {
            var reader = CBORReader(UnsafeRawBufferPointer(rebasing: file[offset...]))
            let header = Array(try reader.bytes(limit: Limits.header))
            return (header, reader.takeNull() ? nil : Array(try reader.bytes(limit: Limits.body)))
        } catch {
            return nil
        }
    }
}
