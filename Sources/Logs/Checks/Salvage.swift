// SPDX-License-Identifier: MIT
import Basics

/// What can still be read behind damage in a log whose end nobody has signed, and nobody else has.
package enum Salvage {
    /// The entries after `position`, where a scan stopped, of each batch that goes on from the
    /// chain value before it in the file. No byte of theirs differs from what was written, as far
    /// as that value does not; what was damaged is left out.
    package static func entries(
        _ file: UnsafeRawBufferPointer, after position: LogPosition, of log: LogIdentity
    ) -> [EntryView] {
        var found: [EntryView] = []
        var reader = BatchReader()
        // The batch there may be whole, and hold a text that rotted beside others.
        var (seq, offset) = (position.tip.seq, position.offset)
        while let batch = batch(file, from: offset, after: seq, of: log, &reader) {
            reader.checkBodies()
            found += reader.views
            seq = reader.views.last?.header.seq ?? seq
            offset = batch.end
        }
        return found
    }

    /// Where the first of them begins, with the chain value that it goes on from; nil if there is
    /// none.
    package static func start(
        _ file: UnsafeRawBufferPointer, after position: LogPosition, of log: LogIdentity
    ) -> Int? {
        var reader = BatchReader()
        return batch(
            file, from: position.offset + 1, after: position.tip.seq, of: log, &reader)?.chain
    }

    /// The first batch from an offset on that goes on from a chain value before it, which the
    /// reader has then: where that value begins, and where the batch ends.
    private static func batch(
        _ file: UnsafeRawBufferPointer, from offset: Int, after seq: UInt64, of log: LogIdentity,
        _ reader: inout BatchReader
    ) -> (chain: Int, end: Int)? {
        for start in offset..<max(offset, file.count)
        where file[start] == FrameKind.batch.rawValue {
            guard let frame = Frame.slice(file, at: start) else { continue }
            for place in chains(before: start) {
                guard let chain = Bytes32(file[place..<(place + 32)]),
                    reader.reads(
                        frame.payload, at: start + Frame.headLength, goingOnFrom: chain,
                        after: seq, in: log.id)
                else { continue }
                return (place, frame.end)
            }
        }
        return nil
    }

    /// Whether anything after `position` was signed, so that others may hold what stands there: a
    /// seal of the log comes later.
    package static func isSigned(
        _ file: UnsafeRawBufferPointer, after position: LogPosition, in log: LogIdentity
    ) -> Bool {
        (position.offset..<max(position.offset, file.count)).contains { offset in
            guard file[offset] == FrameKind.seal.rawValue,
                let seal = Frame.seal(file, at: offset)?.seal
            else { return false }
            return seal.seq > position.tip.seq && seal.verifies(for: log)
        }
    }

    /// Where the chain value may stand that the batch at an offset goes on from: at the end of the
    /// batch before it, or of the one before a seal, whose frame is as long as its seq takes bytes.
    private static func chains(before offset: Int) -> [Int] {
        [0, 107, 108, 109, 111, 115].map { offset - $0 - 32 }.filter { $0 >= 0 }
    }
}
