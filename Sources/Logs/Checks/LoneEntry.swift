// SPDX-License-Identifier: MIT
package import Basics

/// An entry that stands alone between two seals, as those do that bring a key: it is read before
/// anything else of its log is held, so that nothing of it is proved yet.
package enum LoneEntry {
    /// Gives the entry to `body` if the frames are one batch of one entry, and seals. The chain
    /// value before it is as the slice's head says.
    package static func read<Result>(
        _ frames: UnsafeRawBufferPointer, of log: LogID, after tip: LogTip,
        _ body: (EntryView) -> Result
    ) -> Result? {
        guard let first = Frame.slice(frames, at: 0), first.kind == .batch else { return nil }
        var offset = first.end
        while let next = Frame.slice(frames, at: offset), next.kind == .seal { offset = next.end }
        guard offset == frames.count else { return nil }
        var reader = BatchReader()
        do throws(LogError) {
            _ = try reader.read(first.payload, at: 0, after: tip, in: log)
            try reader.demandBodies()
        } catch {
            return nil
        }
        guard let entry = reader.views.first, reader.views.count == 1 else { return nil }
        return body(entry)
    }
}
