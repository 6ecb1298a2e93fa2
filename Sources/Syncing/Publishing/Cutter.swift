// SPDX-License-Identifier: MIT
package import Basics
package import Logs

/// Cuts slices from a log that is held: each begins with a batch, ends in a seal, and is as large
/// as a segment takes; entries that bring a key have one of their own. Any holder of a log cuts the
/// same.
package struct Cutter {
    /// A slice that is ready to be encrypted.
    package struct Cut: Hashable, Sendable {
        package let slice: [UInt8]
        package let range: SeqRange
        /// Entries whose bodies are not here.
        package let lacking: [SeqRange]
        /// Whether one of the entries brings a key.
        let bringsKey: Bool
        /// The first half of the chain value at the last entry.
        let end: Bytes16
    }

    /// Why no slice could be cut.
    package enum Trouble: Error, Hashable, Sendable {
        /// The file is not good as far as it was said to be.
        case unreadable(LogError)
        /// No segment could take what lies between two seals.
        case sealsTooFarApart
    }

    private let held: HeldLog
    private let last: UInt64
    private var start: LogPosition?
    private let first: UInt64
    /// The entries that bring a key, and have a slice of their own; their seqs, in order.
    private let apart: Set<PinnedEntry>
    private let seqs: [UInt64]
    /// Whether one of them stands in the slice that is cut.
    private var bringsKey = false

    /// Slices that together hold the entries of `range`, as far as a seal covers them. A slice may
    /// begin before, where its batch does, and end after, where the next seal stands.
    package init(_ held: HeldLog, covering range: SeqRange, apart: Set<PinnedEntry> = []) {
        self.held = held
        self.apart = apart
        seqs = Set(apart.map(\.seq)).sorted()
        first = range.first
        last = min(range.last, held.position.sealedTip.seq)
    }

    /// The next slice; nil when all is cut.
    package mutating func next() throws(Trouble) -> Cut? {
        guard (start?.tip.seq ?? first - 1) < last else { return nil }
        let start: LogPosition
        if let reached = self.start {
            start = reached
        } else {
            start = try Cutter.reading(beginning)
        }
        let end: LogPosition
        do throws(LogError) { end = try seal(after: start) } catch { throw .unreadable(error) }
        guard end.tip.seq > start.tip.seq else { throw .sealsTooFarApart }
        self.start = end
        return cut(from: start, to: end)
    }

    private static func reading(
        _ work: () throws(LogError) -> LogPosition
    ) throws(Trouble) -> LogPosition {
        do throws(LogError) { return try work() } catch { throw .unreadable(error) }
    }

    /// The place before the batch that holds `first`.
    private func beginning() throws(LogError) -> LogPosition {
        defer { withExtendedLifetime(held) {} }
        var scanner = try held.scanner(before: first)
        var place = scanner.position
        while try scanner.next() != nil, scanner.position.tip.seq < first {
            place = scanner.position
        }
        return place
    }

    /// The last seal that a segment from `start` on can hold, but no later than needed.
    private mutating func seal(after start: LogPosition) throws(LogError) -> LogPosition {
        defer { withExtendedLifetime(held) {} }
        let room = Limits.segment - SegmentFile.overhead - head(of: start).count
        let begin = offset(of: start)
        let limit = limit(after: start.tip.seq)
        // Bodies are looked at: an entry about no record whose body rotted ends the log.
        var scanner = LogScanner(held.view.bytes, of: held.log, from: start)
        var (end, isBrought) = (start, false)
        bringsKey = false
        while end.tip.seq < last, let step = try scanner.next() {
            guard scanner.position.offset - begin <= room else { break }
            // Where an entry does not stand between two seals, as it should, it is not set apart.
            guard scanner.position.tip.seq <= limit || end.tip.seq == start.tip.seq else { break }
            if step == .seal {
                end = scanner.position
                bringsKey = isBrought
            } else if apart.isEmpty == false {
                isBrought =
                    isBrought
                    || scanner.entries.contains { entry in
                        apart.contains(
                            PinnedEntry(
                                log: held.log.id, seq: entry.header.seq, chain: entry.chain.first))
                    }
            }
        }
        return end
    }

    /// The last entry that may share a slice with the one after `seq`.
    private func limit(after seq: UInt64) -> UInt64 {
        guard let next = seqs.first(where: { $0 > seq }) else { return .max }
        return next == seq + 1 ? next : next - 1
    }

    private func cut(from start: LogPosition, to end: LogPosition) -> Cut {
        let frames = held.view.copy(offset(of: start)..<end.offset)
        return Cut(
            slice: head(of: start) + frames,
            range: SeqRange(first: start.tip.seq + 1, last: end.tip.seq),
            lacking: SeqRange.clipped(
                held.absent, to: SeqRange(first: start.tip.seq + 1, last: end.tip.seq)),
            bringsKey: bringsKey,
            end: end.tip.chain.first)
    }

    /// Where the frames begin: with the birth, if the first entry is among them.
    private func offset(of start: LogPosition) -> Int {
        start.tip.seq == 0 ? Frame.logMagic.count : start.offset
    }

    private func head(of start: LogPosition) -> [UInt8] {
        Slice.head(held.log.id, first: start.tip.seq + 1, before: start.tip.chain)
    }
}
