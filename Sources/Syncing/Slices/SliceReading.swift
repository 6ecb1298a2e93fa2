// SPDX-License-Identifier: MIT
import Basics
import Logs

/// All of a slice's frames, read once and found good by themselves.
///
/// Where an entry about no record lacks its body, the slice ends at the last seal before it.
struct SliceReading {
    /// How far the slice's log is held, and which bodies of it are wanted.
    struct HeldEnd {
        let tip: LogTip
        let isSealed: Bool
        let absent: [SeqRange]
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
    /// Where, in bytes from the start of the frames, the last seal that was read ends.
    let end: Int
    /// Entries whose bodies it lacks.
    let lacking: AbsentBodies
    /// Bodies that are wanted, each what its header says, by seq.
    let bodies: [UInt64: [UInt8]]
    /// Where bodies are wanted: its seals, whole frames by the seqs that they cover.
    let sealFrames: [UInt64: [UInt8]]

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
        var sofar = Progress(scanner, held)
        var sealed: Progress?
        var fault: FileFault?
        do throws(FileFault) {
            while let step = try SliceReading.step(&scanner) {
                sofar.take(step, scanner, held)
                if step == .seal { sealed = sofar }
            }
        } catch {
            guard error == .broken(.entry(.bodyNotHere)) else { throw error }
            fault = .bodyNotHere
        }
        guard let read = sealed else { throw fault ?? .unsealed }
        guard fault != nil || read.tip == sofar.tip && sofar.endsInSeal else { throw .unsealed }
        guard slice.first == 1 || read.tip.seq >= slice.first else {
            throw fault ?? .holdsNothing
        }
        log = scanner.log
        range = SeqRange(first: slice.first, last: read.tip.seq)
        tip = read.tip
        boundary = read.boundary.map { $0 - skipped }
        chainAtHeldEnd = read.chain
        seals = read.seals
        end = read.end - skipped
        lacking = read.lacking
        bodies = read.bodies
        sealFrames =
            read.bodies.isEmpty
            ? [:]
            : Dictionary(
                read.sealPlaces.map { seq, place in
                    (
                        seq,
                        slice.frames(
                            in: (place.lowerBound - skipped)..<(place.upperBound - skipped))
                    )
                }, uniquingKeysWith: { first, _ in first })
    }

    /// What was read up to a place.
    private struct Progress {
        var tip: LogTip
        var end: Int
        var endsInSeal = false
        var boundary: Int?
        var chain: Bytes32?
        var seals: [LogTip] = []
        var lacking = AbsentBodies()
        var bodies: [UInt64: [UInt8]] = [:]
        /// Where the frames of its seals lie, with the seqs that they cover.
        var sealPlaces: [(seq: UInt64, place: Range<Int>)] = []

        init(_ scanner: LogScanner, _ held: HeldEnd?) {
            tip = scanner.position.tip
            end = scanner.position.offset
            guard tip.seq == held?.tip.seq else { return }
            boundary = end
            chain = tip.chain
        }

        mutating func take(_ step: LogScanner.Step, _ scanner: LogScanner, _ held: HeldEnd?) {
            let start = end
            tip = scanner.position.tip
            end = scanner.position.offset
            endsInSeal = step == .seal
            if endsInSeal { sealPlaces.append((tip.seq, start..<end)) }
            if tip.seq == held?.tip.seq, boundary == nil || held?.isSealed == true {
                boundary = end
            }
            guard step == .batch else {
                if tip.seq > held?.tip.seq ?? 0 { seals.append(tip) }
                return
            }
            for entry in scanner.entries {
                if entry.header.seq == held?.tip.seq { chain = chain ?? entry.chain }
                lacking.add(entry)
                guard let body = entry.body, let held,
                    SeqRange.isIn(held.absent, entry.header.seq)
                else { continue }
                bodies[entry.header.seq] = Array(body)
            }
        }
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
                from: LogPosition(atSeal: tip, offset: 0))
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
