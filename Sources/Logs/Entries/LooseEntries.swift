// SPDX-License-Identifier: MIT
package import Basics

/// Entries that are read before what stands before them in their log is held, so that nothing of
/// them is proved yet: such as bring a key that other files wait for.
package enum LooseEntries {
    /// Gives to `body` each entry whose body is here and whole, of frames that may begin with a
    /// birth. The chain value before them is as the slice's head says. Ends where they break the
    /// rules; gives the seal that they end in and that covers them, whoever made it.
    package static func read(
        _ frames: UnsafeRawBufferPointer, of log: LogID, after tip: LogTip,
        _ body: (EntryView) -> Void
    ) -> Seal? {
        var (offset, tip, reader) = (0, tip, BatchReader())
        var last: Seal?
        while let frame = Frame.slice(frames, at: offset) {
            offset = frame.end
            do throws(LogError) {
                switch frame.kind {
                case .birth: continue
                case .seal:
                    let seal = try Seal(frame.payload)
                    last = seal.seq == tip.seq && seal.chain == tip.chain ? seal : nil
                    continue
                case .batch:
                    tip = try reader.read(frame.payload, at: 0, after: tip, in: log)
                    last = nil
                }
            } catch {
                return nil
            }
            reader.checkBodies()
            for view in reader.views where view.body != nil { body(view) }
        }
        return last
    }
}
