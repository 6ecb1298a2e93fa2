// SPDX-License-Identifier: MIT
import Basics
import Logs

/// One log while files are taken in: what was held of it, and what was accepted since.
struct PendingLog {
    let log: LogIdentity
    private(set) var tip: LogTip
    private(set) var endsSealed: Bool
    private let held: HeldLog?
    private var walk: ChainWalk?
    /// What is to be added at the end of the held file; the whole file of a new log.
    private var added: [UInt8] = []
    /// The chain values at the seals among what was added, in order.
    private var marks: [LogTip] = []

    init(_ held: HeldLog) {
        log = held.log
        tip = held.tip
        endsSealed = held.endsSealed
        self.held = held
        walk = ChainWalk(held)
    }

    /// A log that nothing was held of.
    init(new growth: SliceGrowth) {
        log = growth.log
        tip = growth.log.start
        endsSealed = true
        held = nil
        added = Frame.logMagic
        accept(growth)
    }

    var addedCount: Int { added.count }

    mutating func accept(_ growth: SliceGrowth) {
        added += growth.frames
        marks += growth.seals
        tip = growth.tip
        endsSealed = true
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
        guard added.isEmpty == false else { return nil }
        let offset = held?.end ?? 0
        let end = offset + added.count
        return LogGrowth(
            log: log, isNew: held == nil, isOwn: held?.isOwn ?? false,
            from: held?.tip ?? log.start, offset: offset, bytes: added,
            position: LogPosition(offset: end, tip: tip, sealedOffset: end, sealedTip: tip))
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
            do throws(LogError) { return try LogScanner(raw, checksBodies: false) } catch {
                return nil
            }
        }
        return LogScanner(
            raw, of: log,
            from: LogPosition(offset: 0, tip: held.tip, sealedOffset: 0, sealedTip: held.tip),
            checksBodies: false)
    }
}
