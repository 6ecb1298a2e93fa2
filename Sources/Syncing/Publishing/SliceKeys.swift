// SPDX-License-Identifier: MIT
package import Basics
import Logs

/// Which epoch's key each slice is encrypted with, and under which keys it counts as left.
///
/// An entry that brings a key is cut into a slice of its own where it stands between two seals. The
/// slice goes, as the logs of recovery words do, under the founding epoch's key, which everyone was
/// given who was ever let in; all else goes under the key of the epoch to write with.
package struct SliceKeys: Sendable {
    private let writing: EpochKey
    private let founding: EpochKey
    /// The ids of the keys that every lead has.
    private let known: Set<Bytes16>
    /// The entries that bring a key.
    private let apart: [LogID: Set<PinnedEntry>]
    private let recovery: Set<LogID>

    /// `known` are the ids of the keys that every lead has, `apart` the entries that bring a key,
    /// `recovery` the logs of recovery words.
    package init(
        _ writing: EpochKey, founding: EpochKey? = nil, known: Set<Bytes16> = [],
        apart: [PinnedEntry] = [], recovery: Set<LogID> = []
    ) {
        self.writing = writing
        self.founding = founding ?? writing
        self.known = known.union([writing.id])
        self.apart = Dictionary(grouping: apart, by: \.log).mapValues { Set($0) }
        self.recovery = recovery
    }

    /// The entries of a log that bring a key; of a log that has forked those of all its histories.
    func apart(in log: LogID) -> Set<PinnedEntry> { apart[log] ?? [] }

    func key(for cut: Cutter.Cut, of log: LogID) -> EpochKey {
        goesFirst(log) || cut.bringsKey ? founding : writing
    }

    /// Whether what stands in a file under some key need not be left again under another: whoever
    /// has keys that others lack may leave there what is hidden from them.
    func counts(_ key: Bytes16) -> Bool { known.contains(key) }

    /// Whether a key is the one under which go the entries that bring one.
    func isFirst(_ key: Bytes16) -> Bool { key == founding.id }

    /// Whether a log goes under the founding epoch's key as a whole.
    func goesFirst(_ log: LogID) -> Bool { recovery.contains(log) }
}
