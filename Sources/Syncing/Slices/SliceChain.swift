// SPDX-License-Identifier: MIT
import Basics
import Logs

/// A slice's chain values, one by one; for the rare day when two histories have to be told apart.
enum SliceChain {
    /// The place before the slice and each of its entries', in order. The slice was read before.
    static func places(_ slice: Slice, _ log: LogIdentity) -> [(seq: UInt64, chain: Bytes32)] {
        var places = [(seq: slice.first - 1, chain: slice.before)]
        let tip = LogTip(seq: slice.first - 1, time: HybridTime(raw: 0), chain: slice.before)
        slice.frames(from: slice.birthLength(in: log)).withUnsafeBytes { raw in
            var scanner = LogScanner(
                raw, of: log,
                from: LogPosition(atSeal: tip, offset: 0),
                checksBodies: false)
            while let step = scanner.nextIfGood() {
                guard step == .batch else { continue }
                places += scanner.entries.map { ($0.header.seq, $0.chain) }
            }
        }
        return places
    }

    /// The frames up to `end` after an entry that stands within one of the slice's batches; nil if
    /// there is no such entry. The slice was read before.
    static func frames(
        _ slice: Slice, _ log: LogIdentity, after seq: UInt64, upTo end: Int
    ) -> [UInt8]? {
        let tip = LogTip(seq: slice.first - 1, time: HybridTime(raw: 0), chain: slice.before)
        let start = slice.birthLength(in: log)
        return slice.frames(in: start..<end).withRaw { raw in
            var scanner = LogScanner(
                raw, of: log, from: LogPosition(atSeal: tip, offset: 0), checksBodies: false)
            while scanner.nextIfGood() != nil, scanner.position.tip.seq <= seq { continue }
            return CutBatch.frame(after: seq, in: scanner, of: raw).map {
                $0 + raw[scanner.position.offset...]
            }
        }
    }
}

extension Slice {
    /// How many of its frames' bytes are the log's birth.
    fileprivate func birthLength(in log: LogIdentity) -> Int {
        first == 1 ? Frame.headLength + log.birth.encoded.count : 0
    }
}
