// SPDX-License-Identifier: MIT
import Basics
import Logs

/// One log while files are taken in: what was held of it, and what was accepted since.
struct PendingLog {
    let log: LogIdentity
    let name: String
    private(set) var tip: LogTip
    private(set) var endsSealed: Bool
    private let held: HeldLog?
    /// Of another history of a log that was held: the last entry that they share.
    private let parting: LogTip?
    private var walk: ChainWalk?
    /// What is to be added at the end of the held file; the whole file of a new log.
    private var added: [UInt8] = []
    /// The chain values at the seals among what was added, in order.
    private var marks: [LogTip] = []
    /// Entries whose bodies are still wanted.
    private(set) var absent: [SeqRange] = []
    /// Bodies that came, by the seqs of their entries.
    private var bodies: [UInt64: [UInt8]] = [:]
    /// The seals that came with them, whole frames by the seqs that they cover.
    private var sealFrames: [UInt64: [UInt8]] = [:]

    init(_ held: HeldLog) {
        log = held.log
        name = held.name
        tip = held.tip
        endsSealed = held.endsSealed
        self.held = held
        parting = nil
        absent = held.absent
        walk = ChainWalk(held)
    }

    /// A log that nothing was held of.
    init(new growth: SliceGrowth) {
        self.init(new: growth, named: HeldLog.name(of: growth.log.id))
    }

    /// Another history of a log, whole: `growth` brings all of its frames.
    init(new growth: SliceGrowth, named name: String) {
        log = growth.log
        self.name = name
        tip = growth.log.start
        endsSealed = true
        held = nil
        parting = growth.parting
        added = Frame.logMagic
        accept(growth)
    }

    /// Whether this device wrote entries in it that nobody was given: nothing else of the log is
    /// taken in before these have been moved out of its way.
    func isUnshared(at seq: UInt64) -> Bool {
        held.map { $0.isOwn && seq > $0.position.sealedTip.seq } ?? false
    }

    /// The frames up to the entry `seq`, from the birth on, without the magic; nil if it is not
    /// held.
    func frames(upTo seq: UInt64) -> [UInt8]? {
        var bytes: [UInt8] = []
        if let held { bytes = held.view.copy(0..<held.end) }
        bytes += filled
        let start = Frame.logMagic.count
        return bytes.withRaw { raw -> [UInt8]? in
            guard var scanner = PendingLog.scanner(raw) else { return nil }
            var end = scanner.position.offset
            var reached: UInt64 = 0
            while scanner.nextIfGood() != nil, scanner.position.tip.seq <= seq {
                (end, reached) = (scanner.position.offset, scanner.position.tip.seq)
            }
            guard reached < seq else { return Array(raw[start..<end]) }
            guard scanner.position.tip.seq > seq else { return nil }
            return CutBatch.frame(upTo: seq, in: scanner, of: raw).map { raw[start..<end] + $0 }
        }
    }

    private static func scanner(_ raw: UnsafeRawBufferPointer) -> LogScanner? {
        do throws(LogError) { return try LogScanner(raw, checksBodies: false) } catch { return nil }
    }

    mutating func accept(_ growth: SliceGrowth) {
        take(growth.bodies, growth.sealFrames)
        // Of what the slice lacks, some may be held.
        absent = SeqRange.joined(
            absent
                + SeqRange.subtracting(
                    [SeqRange(first: 1, last: tip.seq)], from: growth.lacking))
        added += growth.frames
        marks += growth.seals
        tip = growth.tip
        endsSealed = true
    }

    /// Takes bodies in that are wanted, each what its header says.
    mutating func take(_ more: [UInt64: [UInt8]], _ seals: [UInt64: [UInt8]]) {
        guard more.isEmpty == false else { return }
        bodies.merge(more) { old, _ in old }
        sealFrames.merge(seals) { old, _ in old }
        absent = SeqRange.subtracting(
            more.keys.map { SeqRange(first: $0, last: $0) }, from: absent)
    }

    /// The chain value after entry `seq`, which is not after `tip`; nil if it cannot be read.
    mutating func chain(at seq: UInt64) -> Bytes32? {
        if seq == tip.seq { return tip.chain }
        if seq == 0 { return log.origin }
        if let held, seq <= held.tip.seq { return walk?.chain(at: seq) }
        if let mark = marks.first(where: { $0.seq == seq }) { return mark.chain }
        return added.withUnsafeBytes { raw in addedChain(at: seq, in: raw) }
    }

    /// What has to be written; nil if nothing was accepted.
    var growth: LogGrowth? {
        guard added.isEmpty == false || bodies.isEmpty == false else { return nil }
        let from = held?.tip ?? parting ?? log.start
        return LogGrowth(
            log: log, name: name, isNew: held == nil, isOwn: held?.isOwn ?? false, from: from,
            tip: tip, offset: held?.end ?? 0, bytes: filled,
            bodies: held == nil ? [:] : bodies.filter { $0.key <= from.seq },
            sealFrames: held == nil ? [:] : sealFrames.filter { $0.key <= from.seq })
    }

    /// What was added, with the bodies that came for it later.
    private var filled: [UInt8] {
        guard bodies.keys.contains(where: { $0 > held?.tip.seq ?? 0 }) else { return added }
        return added.withRaw { raw in
            guard let held else {
                do throws(LogError) {
                    return try BodyFilling.filled(raw, with: bodies, sealedBy: sealFrames)
                } catch {
                    return added
                }
            }
            return BodyFilling.filled(
                raw, with: bodies, sealedBy: sealFrames, of: log, after: held.tip)
        }
    }

    private func addedChain(at seq: UInt64, in raw: UnsafeRawBufferPointer) -> Bytes32? {
        guard var scanner = scanner(ofAdded: raw) else { return nil }
        while scanner.position.tip.seq < seq {
            guard scanner.nextIfGood() != nil else { return nil }
        }
        return scanner.entries.first { $0.header.seq == seq }?.chain
    }

    /// Nil if what was added to nothing does not begin as a log does.
    private func scanner(ofAdded raw: UnsafeRawBufferPointer) -> LogScanner? {
        guard let held else {
            return PendingLog.scanner(raw)
        }
        return LogScanner(
            raw, of: log,
            from: LogPosition(atSeal: held.tip, offset: 0),
            checksBodies: false)
    }
}
