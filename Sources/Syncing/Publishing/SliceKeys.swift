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
    private let apart: [LogID: [PinnedEntry: EpochKey?]]
    /// Whole logs that go under another key, so that whoever has nothing later can read them.
    private let whole: [LogID: EpochKey?]

    package init(
        _ writing: EpochKey, apart: [PinnedEntry: EpochKey?] = [:],
        whole: [LogID: EpochKey?] = [:]
    ) {
        self.writing = writing
        self.whole = whole
        var byLog: [LogID: [PinnedEntry: EpochKey?]] = [:]
        for (entry, key) in apart { byLog[entry.log, default: [:]][entry] = .some(key) }
        self.apart = byLog
    }

    /// The seqs of the entries of a log that have a slice of their own, in order; of a log that has
    /// forked those of all its histories.
    func apart(in log: LogID) -> [UInt64] { Set((apart[log] ?? [:]).keys.map(\.seq)).sorted() }

    /// Nil for a slice that cannot be encrypted here.
    func key(for cut: Cutter.Cut, of log: LogID) -> EpochKey? {
        if let key = whole[log] { return key }
        let entry = PinnedEntry(log: log, seq: cut.range.last, chain: cut.end)
        guard cut.range.count == 1, let key = apart[log]?[entry] else { return writing }
        return key
    }
}
