// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// Rolls the many small segments of the own log into few large ones, so that an exchange stays
/// short.
package struct Roller: Sendable {
    /// How many files that join are left alone.
    package static let fileLimit = 16
    /// A file of this size or more stays as it is.
    private static let largeSize = Limits.segment / 2

    private let exchange: Exchange
    private let sliceKeys: SliceKeys
    private let keys: KeyRing

    /// Writes with `sliceKeys`; reads with all keys.
    package init(_ exchange: Exchange, _ sliceKeys: SliceKeys, keys: KeyRing) {
        self.exchange = exchange
        self.sliceKeys = sliceKeys
        self.keys = keys
    }

    /// What was rolled.
    package struct Rolled: Sendable {
        package let written: [String]
        package let removed: [String]
        package let memory: SegmentMemory
    }

    /// A file that was read, and found to hold what is held.
    private struct Known {
        let name: String
        let range: SeqRange
    }

    /// Removes a file only after all it holds was written anew and read back, and only if it was
    /// decoded here and says what the own log says. A failure leaves more files than needed, never
    /// fewer; the next look at the exchange finds them.
    package func roll(
        _ own: HeldLog, knowing memory: SegmentMemory
    ) throws(Failure) -> Rolled {
        var rolled = Rolled(written: [], removed: [], memory: memory)
        let apart = Set(sliceKeys.apart(in: own.log.id).map(\.seq))
        let small = memory.files(of: own.log.id).filter { file in
            let isApart = file.range.count == 1 && apart.contains(file.range.first)
            return file.size < Self.largeSize && isApart == false
        }
        guard small.count > Self.fileLimit else { return rolled }
        let known = small.compactMap { confirm($0.name, own) }
        for run in Self.runs(known) where run.count > Self.fileLimit {
            rolled = try roll(run, of: own, after: rolled)
        }
        return rolled
    }

    /// Nil for a file that is not certainly of this log, or cannot be read now: it stays as it is.
    private func confirm(_ name: String, _ own: HeldLog) -> Known? {
        guard let slice = slice(name), slice.log == own.log.id,
            case .alreadyHeld(let held) = SliceCheck.verdict(
                slice, in: exchange.partnership, holding: own),
            // A file with what is not held here is the last to go.
            held.bodies.isEmpty
        else { return nil }
        return Known(name: name, range: held.range)
    }

    private func slice(_ name: String) -> Slice? {
        do {
            let bytes = try exchange.read(name, in: .segments, limit: Limits.segment)
            guard case .slice(let plain, _) = SegmentFile.decode(bytes, keys: keys) else {
                return nil
            }
            return try Slice(plain)
        } catch {
            return nil
        }
    }

    /// The files in runs without a gap.
    private static func runs(_ files: [Known]) -> [[Known]] {
        let joined = SeqRange.joined(files.map { $0.range })
        return joined.map { range in files.filter { range.contains($0.range) } }
    }

    /// Nil at the end, and where the log cannot be read on: it rolls as far as it can be.
    private static func next(_ cutter: inout Cutter) -> Cutter.Cut? {
        do throws(Cutter.Trouble) { return try cutter.next() } catch { return nil }
    }

    private func roll(
        _ run: [Known], of own: HeldLog, after rolled: Rolled
    ) throws(Failure) -> Rolled {
        guard let range = SeqRange.joined(run.map { $0.range }).first else { return rolled }
        var memory = rolled.memory
        var written: [String] = []
        var ranges: [SeqRange] = []
        var cutter = Cutter(own, covering: range, apart: sliceKeys.apart(in: own.log.id))
        while let cut = Self.next(&cutter) {
            let key = sliceKeys.key(for: cut, of: own.log.id)
            let segment = SegmentFile.encode(cut.slice, with: key)
            let name = try exchange.write(segment, in: .segments)
            memory.note(name, size: segment.count, cut, of: own.log.id, under: key)
            written.append(name)
            ranges.append(cut.range)
        }
        let whole = SeqRange.joined(ranges)
        let replaced = run.filter { file in
            written.contains(file.name) == false && file.range.isEmpty == false
                && whole.contains { $0.contains(file.range) }
        }
        for file in replaced {
            try exchange.remove(file.name, in: .segments)
            memory.entriesByName[file.name] = nil
        }
        return Rolled(
            written: rolled.written + written,
            removed: rolled.removed + replaced.map { $0.name }, memory: memory)
    }
}
