// SPDX-License-Identifier: MIT
import Basics
import Merging

/// Which entries of one log added a part to a field: rising seqs, packed as their differences.
package struct PartSeqs {
    private(set) var packed: ShortBytes

    init(packed: ShortBytes) { self.packed = packed }

    /// Takes in more of the same log; `last` is the last seq of these here.
    package mutating func add(_ other: PartSeqs, last: UInt64) {
        let new = other.seqs
        guard let first = new.first, first <= last else {
            var before = last
            for seq in new {
                Varint.append(seq - before, to: &packed)
                before = seq
            }
            return
        }
        var before: UInt64 = 0
        let all = Set(seqs).union(new).sorted()
        packed = ShortBytes()
        for seq in all {
            Varint.append(seq - before, to: &packed)
            before = seq
        }
    }

    var seqs: [UInt64] {
        packed.withRaw { raw in
            var seqs: [UInt64] = []
            var offset = 0
            var last: UInt64 = 0
            while let step = Varint.read(raw, &offset), step < EntryRef.seqLimit - last {
                last += step
                seqs.append(last)
            }
            return seqs
        }
    }

    /// The first one after a seq.
    func first(after seq: UInt64) -> UInt64? { seqs.first { $0 > seq } }
}

extension PartSeqs {
    init(_ seq: UInt64) {
        packed = ShortBytes()
        Varint.append(seq, to: &packed)
    }
}
