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
                let frame = Frame.slice(file, at: offset), let chain = chain(file, offset),
                reader.reads(
                    frame.payload, at: offset + Frame.headLength, goingOnFrom: chain,
                    after: seq, in: log.id)
            else { continue }
            reader.checkBodies()
            found += reader.views
            seq = reader.views.last?.header.seq ?? seq
            offset = frame.end - 1
        }
        return found
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

    /// The last bytes of the frame that ends here, which are a chain value if it is a batch.
    private static func chain(_ file: UnsafeRawBufferPointer, _ offset: Int) -> Bytes32? {
        Bytes32(file[max(0, offset - 32)..<offset])
    }
}
