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
        var seq = position.tip.seq
        var offset = position.offset + 1
        var reader = BatchReader()
        while offset < file.count {
            defer { offset += 1 }
            guard file[offset] == FrameKind.batch.rawValue,
                let frame = Frame.slice(file, at: offset),
                chains(file, before: offset).contains(where: { chain in
                    reader.reads(
                        frame.payload, at: offset + Frame.headLength, goingOnFrom: chain,
                        after: seq, in: log.id)
                })
            else { continue }
            reader.checkBodies()
            found += reader.views
            seq = reader.views.last?.header.seq ?? seq
            offset = frame.end - 1
        }
        return found
    }

    /// Where the first of them begins, with the chain value that it goes on from; nil if there is
    /// none.
    package static func start(
        _ file: UnsafeRawBufferPointer, after position: LogPosition, of log: LogIdentity
    ) -> Int? {
        var reader = BatchReader()
        for offset in (position.offset + 1)..<max(position.offset + 1, file.count)
        where file[offset] == FrameKind.batch.rawValue {
            guard let frame = Frame.slice(file, at: offset) else { continue }
            let before = chains(file, before: offset).firstIndex { chain in
                reader.reads(
                    frame.payload, at: offset + Frame.headLength, goingOnFrom: chain,
                    after: position.tip.seq, in: log.id)
            }
            if let before { return offset - 32 - gaps[before] }
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

    /// What may be the chain value that the batch at an offset goes on from: the last bytes of the
    /// batch before it, or of the one before a seal.
    private static func chains(_ file: UnsafeRawBufferPointer, before offset: Int) -> [Bytes32] {
        gaps.filter { offset - $0 >= 32 }.compactMap { gap in
            Bytes32(file[(offset - gap - 32)..<(offset - gap)])
        }
    }

    /// No seal, and the frames of seals by how many bytes their seq takes.
    private static let gaps = [0, 107, 108, 109, 111, 115]
}
