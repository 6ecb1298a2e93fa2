// SPDX-License-Identifier: MIT
package import Basics

/// Two signed histories of one log: its device was cloned, or put back and used on.
package struct KnownFork: Hashable, Sendable {
    package let log: LogID
    /// The first place where they are known to differ.
    package let seq: UInt64
    /// The chain values there: of the history that is held, and of the other.
    package let held: Bytes32
    package let other: Bytes32

    package init(log: LogID, seq: UInt64, held: Bytes32, other: Bytes32) {
        self.log = log
        self.seq = seq
        self.held = held
        self.other = other
    }
}

extension IndexStore {
    package func save(_ fork: KnownFork) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO forks VALUES(?1, ?2, ?3, ?4)")
            .bind(1, fork.log.bytes.array).bind(2, fork.seq).bind(3, fork.held.array)
            .bind(4, fork.other.array).execute()
    }

    func forks() throws(Failure) -> [KnownFork] {
        var forks: [KnownFork] = []
        let find = try database.statement("SELECT log, seq, held, other FROM forks")
        while try find.step() {
            guard let log = Bytes16(find.bytes(0)), let held = Bytes32(find.bytes(2)),
                let other = Bytes32(find.bytes(3))
            else { continue }
            forks.append(
                KnownFork(log: LogID(log), seq: find.unsigned(1), held: held, other: other))
        }
        return forks
    }
}

extension Book {
    /// Logs of which more than one signed history was met. The one that came first is read here.
    package func forks() throws(Failure) -> [KnownFork] { try store.forks() }
}
