// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// Says what a slice is to this device. `Docs/Formats/Exchange.md` is normative; a slice is valid
/// if and only if
///
/// 1. its first seq is 1 and its first frame is the birth that its head follows from; or its first
///    seq is greater, it has no birth, and its first batch goes on from its head;
/// 2. all its frames are whole and valid, and the last is a seal;
/// 3. the log's birth names this partnership, and the seals verify under its key.
package enum SliceCheck {
    /// Compares a slice with the copy of its log that is held, nil where there is none.
    package static func verdict(
        _ slice: Slice, in partnership: PartnershipID, holding held: HeldLog?
    ) -> SliceVerdict {
        var underway = held.map { PendingLog($0) }
        return verdict(slice, in: partnership, &underway)
    }

    static func verdict(
        _ slice: Slice, in partnership: PartnershipID, _ held: inout PendingLog?
    ) -> SliceVerdict {
        precondition(held == nil || held?.log.id == slice.log, "a slice meets its own log")
        guard slice.first == 1 || held != nil else {
            return .waiting(SeqRange(first: 1, last: slice.first - 1))
        }
        do throws(FileFault) {
            let end = held.map {
                SliceReading.HeldEnd(tip: $0.tip, isSealed: $0.endsSealed, absent: $0.absent)
            }
            let reading = try SliceReading(slice, of: held?.log, held: end)
            guard reading.log.partnership == partnership else { throw .otherPartnership }
            guard held != nil else { return .new(try growth(reading, of: slice, after: nil)) }
            return try compare(reading, slice, with: &held)
        } catch {
            return .setAside(error)
        }
    }

    private static func compare(
        _ reading: SliceReading, _ slice: Slice, with held: inout PendingLog?
    ) throws(FileFault) -> SliceVerdict {
        guard let tip = held?.tip else { return .waiting(reading.range) }
        guard slice.first - 1 <= tip.seq else {
            return .waiting(SeqRange(first: tip.seq + 1, last: slice.first - 1))
        }
        let meeting = min(reading.tip.seq, tip.seq)
        guard let chain = held?.chain(at: meeting) else { throw .ownCopyUnreadable }
        let other = meeting == tip.seq ? reading.chainAtHeldEnd : reading.tip.chain
        guard chain == other else {
            let known = Fork(
                log: slice.log, seq: meeting, held: chain, other: other ?? reading.tip.chain,
                isFirst: meeting >= slice.first)
            return .forked(first(known, slice, reading.log, held: &held))
        }
        guard reading.tip.seq > tip.seq else {
            return .alreadyHeld(
                SliceHeld(
                    reading.range, lacking: reading.lacking.all, bodies: reading.bodies,
                    sealFrames: reading.sealFrames))
        }
        return .new(try growth(reading, of: slice, after: tip))
    }

    /// The whole of another history, which the slice goes on with where it parts from one that is
    /// held; nil if no batch of that ends before the slice.
    static func history(
        _ slice: Slice, partingFrom held: PendingLog, _ fork: Fork
    ) -> SliceGrowth? {
        guard let before = slice.first == 1 ? [] : held.frames(upTo: slice.first - 1) else {
            return nil
        }
        do {
            let reading = try SliceReading(slice, of: held.log, held: nil)
            let frames = before + slice.frames(in: 0..<reading.end)
            return try (Frame.logMagic + frames).withRaw { raw throws(LogError) in
                try history(raw, frames, from: fork.seq)
            }
        } catch {
            return nil
        }
    }

    private static func history(
        _ raw: UnsafeRawBufferPointer, _ frames: [UInt8], from seq: UInt64
    ) throws(LogError) -> SliceGrowth {
        var scanner = try LogScanner(raw)
        var seals: [LogTip] = []
        var lacking = AbsentBodies()
        var parting = scanner.log.start
        while let step = try scanner.next() {
            guard step == .batch else {
                seals.append(scanner.position.tip)
                continue
            }
            for entry in scanner.entries {
                lacking.add(entry)
                guard entry.header.seq == seq - 1 else { continue }
                parting = LogTip(
                    seq: entry.header.seq, time: entry.header.time, chain: entry.chain)
            }
        }
        let tip = scanner.position.tip
        return SliceGrowth(
            log: scanner.log, range: SeqRange(first: seq, last: tip.seq), tip: tip,
            frames: withoutRotten(frames, lacking, of: scanner.log, after: nil), seals: seals,
            lacking: lacking.all, bodies: [:], sealFrames: [:], parting: parting)
    }

    private static func growth(
        _ reading: SliceReading, of slice: Slice, after tip: LogTip?
    ) throws(FileFault) -> SliceGrowth {
        let frames: [UInt8]
        if let tip, reading.boundary == nil {
            guard
                let cut = SliceChain.frames(
                    slice, reading.log, after: tip.seq, upTo: reading.end)
            else { throw .holdsNothing }
            frames = cut
        } else {
            frames = slice.frames(in: (tip == nil ? 0 : reading.boundary ?? 0)..<reading.end)
        }
        return SliceGrowth(
            log: reading.log,
            range: SeqRange(first: (tip?.seq ?? 0) + 1, last: reading.tip.seq),
            tip: reading.tip,
            frames: withoutRotten(frames, reading.lacking, of: reading.log, after: tip),
            seals: reading.seals, lacking: reading.lacking.all, bodies: reading.bodies,
            sealFrames: reading.sealFrames, parting: nil)
    }

    /// Frames as they are written here. A body that rotted where they come from is not written as
    /// damage of this disk; it is one that did not come.
    private static func withoutRotten(
        _ frames: [UInt8], _ lacking: AbsentBodies, of log: LogIdentity, after tip: LogTip?
    ) -> [UInt8] {
        guard lacking.rotten.isEmpty == false else { return frames }
        // As in a file: what stands before the frames of a log from its birth on is the magic.
        let front = tip == nil ? Frame.logMagic : []
        return (front + frames).withRaw { raw in
            do throws(LogError) {
                return Array(
                    try BodyFilling.withoutRotten(raw, of: log, after: tip)
                        .dropFirst(front.count))
            } catch {
                return frames
            }
        }
    }

    /// Looks for the first place where the slice and the log held differ; they do at `known`.
    private static func first(
        _ known: Fork, _ slice: Slice, _ log: LogIdentity, held: inout PendingLog?
    ) -> Fork {
        for place in SliceChain.places(slice, log) where place.seq < known.seq {
            guard let chain = held?.chain(at: place.seq), chain != place.chain else { continue }
            return Fork(
                log: slice.log, seq: place.seq, held: chain, other: place.chain,
                isFirst: place.seq >= slice.first)
        }
        return known
    }
}
