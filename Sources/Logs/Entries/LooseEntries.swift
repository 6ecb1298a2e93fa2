// SPDX-License-Identifier: MIT
package import Basics

/// Entries that are read before what stands before them in their log is held, so that nothing of
/// them is proved yet: such as bring a key that other files wait for.
package enum LooseEntries {
    /// Gives to `body` each entry whose body is here and whole, of frames that may begin with a
    /// birth. The chain value before them is as the slice's head says. Ends where they break the
    /// rules.
    package static func read(
        _ frames: UnsafeRawBufferPointer, of log: LogID, after tip: LogTip,
        _ body: (EntryView) -> Void
    ) {
        var (offset, tip, reader) = (0, tip, BatchReader())
        while let frame = Frame.slice(frames, at: offset) {
            offset = frame.end
            guard frame.kind == .batch else { continue }
            do throws(LogError) {
                tip = try reader.read(frame.payload, at: 0, after: tip, in: log)
            } catch {
                return
            }
            reader.checkBodies()
            for view in reader.views where view.body != nil { body(view) }
        }
    }
}
