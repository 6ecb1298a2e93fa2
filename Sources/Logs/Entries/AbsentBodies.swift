// SPDX-License-Identifier: MIT
import Basics

/// The entries of one log whose bodies are not here as their headers say.
package struct AbsentBodies: Hashable, Sendable {
    /// Runs of entries in whose bodies' place nothing stands, in order.
    package private(set) var missing: [SeqRange] = []
    /// Runs of entries in whose bodies' place other bytes stand, in order.
    package private(set) var rotten: [SeqRange] = []

    package init() {}

    package var isEmpty: Bool { missing.isEmpty && rotten.isEmpty }

    /// All of them, in order.
    package var all: [SeqRange] { SeqRange.joined(missing + rotten) }

    /// Takes in an entry that comes after those before.
    package mutating func add(_ entry: EntryView) {
        guard entry.isBodyAbsent else { return }
        if entry.isBodyRotten {
            AbsentBodies.add(entry.header.seq, to: &rotten)
        } else {
            AbsentBodies.add(entry.header.seq, to: &missing)
        }
    }

    package func isRotten(_ seq: UInt64) -> Bool { SeqRange.isIn(rotten, seq) }

    private static func add(_ seq: UInt64, to runs: inout [SeqRange]) {
        if let last = runs.last, last.last &+ 1 == seq {
            runs[runs.count - 1] = SeqRange(first: last.first, last: seq)
        } else {
            runs.append(SeqRange(first: seq, last: seq))
        }
    }
}

extension AbsentBodies {
    /// The runs as bytes for the index; empty if there are none.
    package var packed: [UInt8] {
        guard isEmpty == false else { return [] }
        var out: [UInt8] = []
        Varint.append(UInt64(missing.count), to: &out)
        for run in missing + rotten {
            Varint.append(run.first, to: &out)
            Varint.append(run.last - run.first, to: &out)
        }
        return out
    }

    /// Nil for bytes that `packed` did not make.
    package init?(packed: UnsafeRawBufferPointer) {
        var offset = 0
        guard packed.isEmpty == false else { return }
        guard let count = Varint.read(packed, &offset) else { return nil }
        var runs: [SeqRange] = []
        while offset < packed.count {
            guard let first = Varint.read(packed, &offset), first >= 1,
                let more = Varint.read(packed, &offset), more <= .max - first
            else { return nil }
            runs.append(SeqRange(first: first, last: first + more))
        }
        guard count <= UInt64(runs.count) else { return nil }
        missing = Array(runs.prefix(Int(count)))
        rotten = Array(runs.dropFirst(Int(count)))
    }
}
