// SPDX-License-Identifier: MIT

/// Two signed histories of one log: its device was cloned, or put back and used on.
package struct Fork: Hashable, Sendable {
    package let log: LogID
    /// The first place where they are known to differ; the true one may lie before it.
    package let seq: UInt64
    /// The chain value at `seq` in the history that is held.
    package let held: Bytes32
    /// The chain value at `seq` in the other.
    package let other: Bytes32
    /// Whether the two are known to agree on the entry before `seq`, so that they part there.
    package let isFirst: Bool

    package init(log: LogID, seq: UInt64, held: Bytes32, other: Bytes32, isFirst: Bool) {
        self.log = log
        self.seq = seq
        self.held = held
        self.other = other
        self.isFirst = isFirst
    }
}
