// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// Which epoch's key each slice is encrypted with.
///
/// An entry that brings a later key is cut into a slice of its own, under a key which those whom it
/// is for have already. All else goes under the key of the epoch to write with.
package struct SliceKeys: Sendable {
    package let writing: EpochKey
    /// The entries that bring a key, each with the key that it goes under; nil where that is not
    /// held here, so that others have to publish it.
    private let apart: [LogID: [UInt64: EpochKey?]]
    /// Whole logs that go under another key, so that whoever has nothing later can read them.
    private let whole: [LogID: EpochKey?]

    package init(
        _ writing: EpochKey, apart: [EntryID: EpochKey?] = [:], whole: [LogID: EpochKey?] = [:]
    ) {
        self.writing = writing
        self.whole = whole
        var byLog: [LogID: [UInt64: EpochKey?]] = [:]
        for (entry, key) in apart { byLog[entry.log, default: [:]][entry.seq] = .some(key) }
        self.apart = byLog
    }

    /// The seqs of the entries of a log that have a slice of their own, in order.
    func apart(in log: LogID) -> [UInt64] { (apart[log] ?? [:]).keys.sorted() }

    /// Nil for a slice that cannot be encrypted here.
    func key(for cut: Cutter.Cut, of log: LogID) -> EpochKey? {
        if let key = whole[log] { return key }
        guard cut.range.first == cut.range.last, let key = apart[log]?[cut.range.first] else {
            return writing
        }
        return key
    }
}
