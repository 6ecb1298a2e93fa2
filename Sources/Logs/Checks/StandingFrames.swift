// SPDX-License-Identifier: MIT
import Basics

/// The frames in a stretch of a log that stand by themselves, found without reading any byte again
/// for each place that a frame might begin at.
///
/// An entry's two items follow from where they begin alone, so each is read once, from the back.
/// Entries that carry on one from the other are linked, and how many of them lie between two places
/// is then a matter of jumps, not of steps (Myers 1983).
struct StandingFrames {
    /// The two items of one entry, wherever a batch might hold them.
    private struct Pair {
        let end: Int
        let seq: UInt64
        let time: HybridTime
        /// The pair after this one, if it carries on; else -1.
        var next = -1
        var jump = -1
        var depth = 0
        /// From here to the last that carries on: bodies that are there, and those of them that are
        /// not what their headers say.
        var bodies: Int
        var falseBodies: Int
    }

    private let file: UnsafeRawBufferPointer
    private let log: LogIdentity
    private let isKeySound: Bool
    private var pairs: [Pair] = []
    private var indexByOffset: [Int: Int] = [:]

    /// Reads the entries that might begin within a range of the file.
    init(_ file: UnsafeRawBufferPointer, within range: Range<Int>, of log: LogIdentity) {
        self.file = file
        self.log = log
        isKeySound = log.key.isSound
        for offset in range.reversed() { add(offset) }
    }

    /// Whether a frame begins at an offset that is a batch by itself, wherever it may belong (well
    /// formed, seqs and times growing from a seq greater than `seq`, a body that proves its
    /// header), or a seal of the log.
    func stands(at offset: Int, after seq: UInt64) -> Bool {
        guard let frame = Frame.slice(file, at: offset) else { return false }
        switch frame.kind {
        case .birth: return false
        case .batch: return isBatch(frame, at: offset, after: seq)
        case .seal:
            do throws(LogError) {
                let seal = try Seal(frame.payload)
                return isKeySound && seal.verifiesAsSound(for: log)
            } catch {
                return false
            }
        }
    }

    private func isBatch(_ frame: Frame.Slice, at offset: Int, after seq: UInt64) -> Bool {
        let payload = frame.payload
        guard payload.count > 32, payload.count <= Limits.batchPayload else { return false }
        var reader = CBORReader(payload)
        do throws(CBORError) {
            let count = try reader.array()
            guard count >= 2, count.isMultiple(of: 2), count <= 2 * Limits.batchEntries else {
                return false
            }
            let start = offset + Frame.headLength + reader.position
            guard let first = indexByOffset[start], pairs[first].seq > seq,
                let last = pair(first, on: count / 2 - 1), pairs[last].end == frame.end - 32
            else { return false }
            let after = pairs[last].next
            let bodies = pairs[first].bodies - (after < 0 ? 0 : pairs[after].bodies)
            let falseBodies =
                pairs[first].falseBodies - (after < 0 ? 0 : pairs[after].falseBodies)
            return bodies > 0 && falseBodies == 0
        } catch {
            return false
        }
    }

    /// The pair that comes so many after one; nil if fewer carry on.
    private func pair(_ first: Int, on count: Int) -> Int? {
        let depth = pairs[first].depth - count
        guard depth >= 0 else { return nil }
        var pair = first
        while pairs[pair].depth > depth {
            let jump = pairs[pair].jump
            pair = pairs[jump].depth >= depth ? jump : pairs[pair].next
        }
        return pair
    }

    private mutating func add(_ offset: Int) {
        guard var pair = read(offset) else { return }
        if let next = indexByOffset[pair.end], pairs[next].seq == pair.seq &+ 1,
            pairs[next].time > pair.time
        {
            link(&pair, to: next)
        } else {
            pair.jump = pairs.count
        }
        indexByOffset[offset] = pairs.count
        pairs.append(pair)
    }

    /// A jump goes as far as the next one's two jumps together where those are equally long.
    private func link(_ pair: inout Pair, to next: Int) {
        let after = pairs[next]
        let far = pairs[after.jump]
        let isEven = after.depth - far.depth == far.depth - pairs[far.jump].depth
        pair.next = next
        pair.jump = isEven ? far.jump : next
        pair.depth = after.depth + 1
        pair.bodies += after.bodies
        pair.falseBodies += after.falseBodies
    }

    private func read(_ offset: Int) -> Pair? {
        // A header is a string of at most 4,096 bytes: other first bytes need no look.
        guard (0x40...0x59).contains(file[offset]) else { return nil }
        let end = min(file.count, offset + Limits.batchPayload)
        var reader = CBORReader(UnsafeRawBufferPointer(rebasing: file[offset..<end]))
        do throws(CBORError) {
            let raw = try reader.bytes(limit: Limits.header)
            guard let header = header(raw) else { return nil }
            let body = reader.takeNull() ? nil : try reader.bytes(limit: Limits.batchPayload)
            let isFalse = body.map { EntryBody.digest($0) != header.bodyDigest } ?? false
            return Pair(
                end: offset + reader.position, seq: header.seq, time: header.time,
                bodies: body == nil ? 0 : 1, falseBodies: isFalse ? 1 : 0)
        } catch {
            return nil
        }
    }

    private func header(_ raw: UnsafeRawBufferPointer) -> EntryHeader? {
        do throws(EntryError) { return try EntryHeader(raw, in: log.id) } catch { return nil }
    }
}
