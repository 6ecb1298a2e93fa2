// SPDX-License-Identifier: MIT
import Basics

/// Puts bodies back into frames whose headers name them, and takes rotten ones out. Headers, chain
/// values and seals stay as they are, so that the log is the same log.
package enum BodyFilling {
    /// The bytes of a log file with bodies, by the seqs of their entries, where they are lacking,
    /// and among those that are put in the seals, whole frames by the seqs that they cover.
    package static func filled(
        _ file: UnsafeRawBufferPointer, with bodies: [UInt64: [UInt8]],
        sealedBy seals: [UInt64: [UInt8]] = [:]
    ) throws(LogError) -> [UInt8] {
        rewritten(file, by: try LogScanner(file), seals) { filling($0, from: bodies) }
    }

    /// The same for frames that go on from a place of a log.
    package static func filled(
        _ frames: UnsafeRawBufferPointer, with bodies: [UInt64: [UInt8]],
        sealedBy seals: [UInt64: [UInt8]] = [:], of log: LogIdentity, after tip: LogTip
    ) -> [UInt8] {
        let start = LogScanner(frames, of: log, from: LogPosition(atSeal: tip, offset: 0))
        return rewritten(frames, by: start, seals) { filling($0, from: bodies) }
    }

    /// Frames that go on from a place of a log, or are a log file from its magic on where `tip` is
    /// nil, with nothing where a body is not what its header says.
    package static func withoutRotten(
        _ frames: UnsafeRawBufferPointer, of log: LogIdentity, after tip: LogTip?
    ) throws(LogError) -> [UInt8] {
        let start: LogScanner
        if let tip {
            start = LogScanner(frames, of: log, from: LogPosition(atSeal: tip, offset: 0))
        } else {
            start = try LogScanner(frames)
        }
        return rewritten(frames, by: start) { $0.isBodyRotten ? .absent : .asItStands }
    }

    /// What is to stand where an entry's body does.
    private enum Replacement: Equatable {
        case asItStands
        case absent
        case body([UInt8])
    }

    private static func filling(_ view: EntryView, from bodies: [UInt64: [UInt8]]) -> Replacement {
        guard view.isBodyAbsent, let body = bodies[view.header.seq],
            EntryBody.digest(body) == view.header.bodyDigest
        else { return .asItStands }
        return .body(body)
    }

    private static func rewritten(
        _ file: UnsafeRawBufferPointer, by start: LogScanner, _ seals: [UInt64: [UInt8]] = [:],
        _ replacement: (EntryView) -> Replacement
    ) -> [UInt8] {
        var scanner = start
        var out = Array(file[..<scanner.position.offset])
        out.reserveCapacity(file.count)
        var offset = scanner.position.offset
        while let step = scanner.nextIfGood() {
            let frame = file[offset..<scanner.position.offset]
            offset = scanner.position.offset
            let new = step == .batch ? batches(scanner, file, sealedBy: seals, replacement) : nil
            if let new { out += new } else { out += frame }
        }
        // What is not good stays as it is.
        return out + file[offset...]
    }

    /// The frames of the batch that was read last, written anew; nil if it stays as it is.
    ///
    /// Whoever took bodies out may have put more entries together than fit a batch with them, and
    /// left out the seals between.
    private static func batches(
        _ scanner: LogScanner, _ file: UnsafeRawBufferPointer, sealedBy seals: [UInt64: [UInt8]],
        _ replacement: (EntryView) -> Replacement
    ) -> [UInt8]? {
        let views = scanner.entries.map { ($0, replacement($0)) }
        guard views.contains(where: { $0.1 != .asItStands }) else { return nil }
        let end = scanner.position.offset
        let isSealed = end < file.count && file[end] == FrameKind.seal.rawValue
        var out: [UInt8] = []
        var (group, size): ([EntryBytes], Int) = ([], 0)
        var chain = scanner.position.tip.chain
        func flush() {
            guard group.isEmpty == false else { return }
            out += Frame.bytes(.batch, Batch.payload(group, chain: chain))
            (group, size) = ([], 0)
        }
        for (view, new) in views {
            guard let entry = entry(view, new, in: file) else { return nil }
            let more = entry.header.count + (entry.body?.count ?? 0) + 16
            if size + more > Limits.batchPayload - 64 { flush() }
            group.append(entry)
            size += more
            chain = view.chain
            guard let seal = seals[view.header.seq],
                isSealed == false || view.header.seq != scanner.position.tip.seq
            else { continue }
            flush()
            out += seal
        }
        flush()
        return out
    }

    private static func entry(
        _ view: EntryView, _ new: Replacement, in file: UnsafeRawBufferPointer
    ) -> EntryBytes? {
        guard let old = EntryBytes(in: file, at: view.offset) else { return nil }
        return switch new {
        case .asItStands: old
        case .absent: EntryBytes(header: old.header, body: nil)
        case .body(let bytes): EntryBytes(header: old.header, body: bytes)
        }
    }
}
