// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
import Merging
import Projections

extension Book {
    /// BLAKE2b-256 over the canonical bytes of all records, node by node: by log id, then by what a
    /// node is known by, then by seq.
    package func stateDigest() throws(Failure) -> Digest {
        var stream = DigestStream()
        let find = try store.database.statement(
            """
            SELECT view FROM states WHERE id BETWEEN ?1 AND ?2 ORDER BY id
            """)
        for row in rows.sorted(by: comesFirst) {
            find.reset()
            find.bind(1, EntryRef(row.index, 0).raw).bind(2, EntryRef(row.index, (1 << 40) - 1).raw)
            while try find.step() { stream.add(raw: find.raw(0)) }
        }
        return stream.finish()
    }

    /// What two people compare by phone: the same words mean the same books.
    ///
    /// It is taken over the vocabulary's number and, for each node of an admitted log in the same
    /// order, its last entry that is not automatic: log id, seq and chain value; and which entries
    /// up to it have no body here.
    package func readingSeal() -> Digest {
        var writer = CBORWriter()
        let told = rows.filter { $0.admission != nil && $0.toldSeq > 0 }
            .sorted(by: comesFirst)
        writer.array(2)
        writer.unsigned(vocabulary.number)
        writer.array(told.count)
        for row in told {
            let absent = SeqRange.clipped(
                row.absent.all, to: SeqRange(first: 1, last: row.toldSeq))
            writer.array(4)
            writer.bytes16(row.id.bytes)
            writer.unsigned(row.toldSeq)
            writer.bytes32(row.toldChain)
            writer.array(absent.count)
            for run in absent {
                writer.array(2)
                writer.unsigned(run.first)
                writer.unsigned(run.last)
            }
        }
        return Digest.of(.readingSeal, writer.bytes)
    }

    private func comesFirst(_ left: LogRow, _ right: LogRow) -> Bool {
        left.id != right.id
            ? left.id < right.id : logs.first(of: left.index) < logs.first(of: right.index)
    }
}
