// SPDX-License-Identifier: MIT
import Basics

/// Some entries of a batch as a batch of their own. Chain values and seals say nothing of where
/// batches end: whoever carries entries may have put them together otherwise than who wrote them.
package enum CutBatch {
    /// The frame of those entries, of the batch that was read last, that come after `seq`; nil if
    /// none do.
    package static func frame(
        after seq: UInt64, in scanner: LogScanner, of file: UnsafeRawBufferPointer
    ) -> [UInt8]? {
        frame(scanner.entries.filter { $0.header.seq > seq }, of: file)
    }

    /// The same of those up to `seq`.
    package static func frame(
        upTo seq: UInt64, in scanner: LogScanner, of file: UnsafeRawBufferPointer
    ) -> [UInt8]? {
        frame(scanner.entries.filter { $0.header.seq <= seq }, of: file)
    }

    private static func frame(
        _ views: [EntryView], of file: UnsafeRawBufferPointer
    ) -> [UInt8]? {
        guard let last = views.last else { return nil }
        var entries: [EntryBytes] = []
        for view in views {
            guard let entry = EntryBytes(in: file, at: view.offset) else { return nil }
            entries.append(entry)
        }
        return Frame.bytes(.batch, Batch.payload(entries, chain: last.chain))
    }
}
