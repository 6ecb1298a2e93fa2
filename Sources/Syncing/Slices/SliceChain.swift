// SPDX-License-Identifier: MIT
import Basics
import Logs

/// A slice's chain values, one by one; for the rare day when two histories have to be told apart.
enum SliceChain {
    /// The place before the slice and each of its entries', in order. The slice was read before.
    static func places(_ slice: Slice, _ log: LogIdentity) -> [(seq: UInt64, chain: Bytes32)] {
        var places = [(seq: slice.first - 1, chain: slice.before)]
        let tip = LogTip(seq: slice.first - 1, time: HybridTime(raw: 0), chain: slice.before)
        slice.frames(from: birthLength(slice, log)).withUnsafeBytes { raw in
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

    private static func birthLength(_ slice: Slice, _ log: LogIdentity) -> Int {
        slice.first == 1 ? Frame.headLength + log.birth.encoded.count : 0
    }
}
