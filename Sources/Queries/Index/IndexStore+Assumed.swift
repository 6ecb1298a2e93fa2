// SPDX-License-Identifier: MIT
import Basics
import Merging

/// A link in a folded entry to a place that is not held, or of which it is not known which is
/// meant: it is looked at again once that has come.
struct AssumedLink: Hashable {
    let entry: EntryRef
    /// With its log.
    let link: Link
    /// The history by which it is named until then.
    let named: Bytes16?
}

extension IndexStore {
    func save(_ item: AssumedLink) throws(Failure) {
        guard let log = item.link.log else { return }
        try database.statement("INSERT OR REPLACE INTO assumed VALUES(?1, ?2, ?3, ?4, ?5)")
            .bind(1, log.bytes.array).bind(2, item.link.seq).bind(3, item.entry.raw)
            .bind(4, item.link.chain?.array ?? []).bind(5, item.named?.array ?? []).execute()
    }

    /// Those to some places of a log.
    func assumed(
        about log: LogID, _ seqs: ClosedRange<UInt64>
    ) throws(Failure) -> [AssumedLink] {
        let find = try database.statement(
            "SELECT seq, place, chain, named FROM assumed WHERE about=?1 AND seq BETWEEN ?2 AND ?3")
        find.bind(1, log.bytes.array).bind(2, seqs.lowerBound).bind(3, seqs.upperBound)
        var items: [AssumedLink] = []
        while try find.step() {
            let chain = find.bytes(2)
            let named = find.bytes(3)
            guard chain.isEmpty || Bytes16(chain) != nil, named.isEmpty || Bytes16(named) != nil
            else { throw Failure.ofIndex }
            let id = EntryID(log: log, seq: find.unsigned(0))
            items.append(
                AssumedLink(
                    entry: EntryRef(raw: find.unsigned(1)), link: Link(id, chain: Bytes16(chain)),
                    named: Bytes16(named)))
        }
        return items
    }

    func remove(_ item: AssumedLink) throws(Failure) {
        guard let log = item.link.log else { return }
        try database.statement(
            "DELETE FROM assumed WHERE about=?1 AND seq=?2 AND place=?3 AND chain=?4"
        )
        .bind(1, log.bytes.array).bind(2, item.link.seq).bind(3, item.entry.raw)
        .bind(4, item.link.chain?.array ?? []).execute()
    }
}
