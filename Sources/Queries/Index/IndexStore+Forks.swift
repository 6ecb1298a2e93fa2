// SPDX-License-Identifier: MIT
package import Basics
import Projections

extension IndexStore {
    package func save(_ fork: Fork) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO forks VALUES(?1, ?2, ?3, ?4)")
            .bind(1, fork.log.bytes.array).bind(2, fork.seq).bind(3, fork.held.array)
            .bind(4, fork.other.array).execute()
    }

    func forks() throws(Failure) -> [Fork] {
        var forks: [Fork] = []
        let find = try database.statement("SELECT log, seq, held, other FROM forks")
        while try find.step() {
            guard let log = Bytes16(find.bytes(0)), let held = Bytes32(find.bytes(2)),
                let other = Bytes32(find.bytes(3))
            else { continue }
            forks.append(
                Fork(
                    log: LogID(log), seq: find.unsigned(1), held: held, other: other,
                    isFirst: false))
        }
        return forks
    }
}

extension Book {
    /// Logs of which more than one signed history was met. The one that came first is read here.
    package func forks() throws(Failure) -> [Fork] { try store.forks() }
}
