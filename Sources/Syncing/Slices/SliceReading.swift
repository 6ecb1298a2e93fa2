// SPDX-License-Identifier: MIT
import Basics
import Logs

/// All of a slice's frames, read once and found good by themselves.
struct SliceReading {
    /// How far the slice's log is held.
    struct HeldEnd {
        let tip: LogTip
        let isSealed: Bool
    }

    let log: LogIdentity
    let range: SeqRange
    let tip: LogTip
    /// Where, in bytes from the start of the frames, those after the end of the log held begin; nil
    /// if no frame ends there.
    let boundary: Int?
    /// The slice's chain value at the end of the log held, if it reaches it.
    let chainAtHeldEnd: Bytes32?
    /// The places its seals cover, in order, after the end of the log held.
    let seals: [LogTip]

    /// Reads a slice of a log that is known already, or that the slice brings from its birth on.
    init(_ slice: Slice, of log: LogIdentity?, held: HeldEnd?) throws(FileFault) {
        precondition(slice.first == 1 || log != nil, "a log is known by its birth")
        // With the magic before its birth, the front of a log is what a log file would be.
        let skipped = slice.first == 1 ? Frame.logMagic.count : 0
        let frames = Frame.logMagic.prefix(skipped) + slice.frames()
        self = try Array(frames).withRaw { raw throws(FileFault) in
            var scanner = try SliceReading.scanner(slice, raw, of: log, held: held)
            return try SliceReading(slice, &scanner, held: held, skipped: skipped)
        }
    }

    private init(
        _ slice: Slice, _ scanner: inout LogScanner, held: HeldEnd?, skipped: Int
    ) throws(FileFault) {
        let heldSeq = held?.tip.seq
        let startsAtHeldEnd = scanner.position.tip.seq == heldSeq
        var boundary = startsAtHeldEnd ? scanner.position.offset : nil
        var chain = startsAtHeldEnd ? scanner.position.tip.chain : nil
        var seals: [LogTip] = []
        var endsInSeal = false
        while let step = try SliceReading.step(&scanner) {
            let position = scanner.position
            if position.tip.seq == heldSeq, boundary == nil || held?.isSealed == true {
                boundary = position.offset
            }
            switch step {
            case .batch:
                endsInSeal = false
                let found = scanner.entries.first { $0.header.seq == heldSeq }
                chain = chain ?? found?.chain
            case .seal:
                endsInSeal = true
                if position.tip.seq > heldSeq ?? 0 { seals.append(position.tip) }
            }
        }
        tip = scanner.position.tip
        guard endsInSeal else { throw .unsealed }
        guard slice.first == 1 || tip.seq >= slice.first else { throw .holdsNothing }
        log = scanner.log
        range = SeqRange(first: slice.first, last: tip.seq)
        self.boundary = boundary.map { $0 - skipped }
        chainAtHeldEnd = chain
        self.seals = seals
    }

    /// Stands before the first batch.
    private static func scanner(
        _ slice: Slice, _ raw: UnsafeRawBufferPointer, of log: LogIdentity?, held: HeldEnd?
    ) throws(FileFault) -> LogScanner {
        if slice.first > 1, let log {
            // The time before is known only where the slice goes on from the entry that is held.
            let known = held.flatMap {
                $0.tip.seq == slice.first - 1 && $0.tip.chain == slice.before ? $0.tip : nil
            }
            let tip = LogTip(
                seq: slice.first - 1, time: known?.time ?? HybridTime(raw: 0), chain: slice.before)
            return LogScanner(
                raw, of: log,
                from: LogPosition(offset: 0, tip: tip, sealedOffset: 0, sealedTip: tip))
        }
        let scanner = try front(raw)
        guard scanner.log.id == slice.log, scanner.log.origin == slice.before,
            log == nil || log == scanner.log
        else { throw .otherLog }
        return scanner
    }

    private static func front(_ raw: UnsafeRawBufferPointer) throws(FileFault) -> LogScanner {
        do throws(LogError) { return try LogScanner(raw) } catch { throw .broken(error) }
    }

    private static func step(_ scanner: inout LogScanner) throws(FileFault) -> LogScanner.Step? {
        do throws(LogError) { return try scanner.next() } catch { throw .broken(error) }
    }
}
