// SPDX-License-Identifier: MIT
package import Basics
package import Merging

/// What one base newly says of one history of a log: taken in up to a seq, all but some runs.
struct Claim: Hashable {
    let place: EntryRef
    let about: LogID
    let upTo: UInt64
    let chain: Bytes16
    var except: [ClosedRange<UInt64>] = []
}

/// Claims that cannot be checked yet, since what they name is not held, and those that name
/// another history than the one held. Both are kept by the log that they are about, so that only
/// what a log that grew may settle is looked at.
extension IndexStore {
    /// The claims about a log that wait for entries of it.
    func openClaims(about log: LogID) throws(Failure) -> [Claim] {
        try claims(
            try database.statement("\(IndexStore.claim) WHERE about=?1 AND isFalse=0")
                .bind(1, log.bytes.array))
    }

    /// All that do not count.
    func openNamings() throws(Failure) -> OpenNamings {
        OpenNamings(try claims(try database.statement(IndexStore.claim)))
    }

    func falseClaims() throws(Failure) -> [Claim] {
        try claims(try database.statement("\(IndexStore.claim) WHERE isFalse=1"))
    }

    /// How far some histories name logs of which less is held.
    package func reach(claimedBy nodes: Set<LogIndex>) throws(Failure) -> [LogID: PinnedEntry] {
        let find = try database.statement(
            "SELECT log, about, upTo, chain FROM claims WHERE isFalse=0")
        var reach: [LogID: PinnedEntry] = [:]
        while try find.step() {
            guard let log = UInt32(exactly: find.integer(0)), let about = Bytes16(find.bytes(1)),
                let chain = Bytes16(find.bytes(3))
            else { throw Failure.ofIndex }
            let last = PinnedEntry(log: LogID(about), seq: find.unsigned(2), chain: chain)
            guard nodes.contains(LogIndex(log)), last.seq > reach[last.log]?.seq ?? 0 else {
                continue
            }
            reach[last.log] = last
        }
        return reach
    }

    private static let claim = "SELECT log, seq, about, upTo, chain, excepted FROM claims"

    private func claims(_ find: Statement) throws(Failure) -> [Claim] {
        var claims: [Claim] = []
        while try find.step() {
            guard let log = UInt32(exactly: find.integer(0)), log < EntryRef.logLimit,
                find.unsigned(1) < EntryRef.seqLimit, let about = Bytes16(find.bytes(2)),
                let chain = Bytes16(find.bytes(4)), let except = IndexStore.runs(find.raw(5))
            else { throw Failure.ofIndex }
            claims.append(
                Claim(
                    place: EntryRef(LogIndex(log), find.unsigned(1)), about: LogID(about),
                    upTo: find.unsigned(3), chain: chain, except: except))
        }
        return claims
    }

    func save(_ claim: Claim, isFalse: Bool) throws(Failure) {
        try database.statement(
            "INSERT OR REPLACE INTO claims VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ).bind(1, claim.about.bytes.array).bind(2, Int64(claim.place.log.raw))
            .bind(3, claim.place.seq).bind(4, claim.upTo).bind(5, claim.chain.array)
            .bind(6, IndexStore.packed(claim.except)).bind(7, isFalse ? 1 : 0 as Int64).execute()
    }

    func remove(_ claim: Claim) throws(Failure) {
        try database.statement(
            "DELETE FROM claims WHERE about=?1 AND log=?2 AND seq=?3 AND upTo=?4 AND chain=?5"
        ).bind(1, claim.about.bytes.array).bind(2, Int64(claim.place.log.raw))
            .bind(3, claim.place.seq).bind(4, claim.upTo).bind(5, claim.chain.array).execute()
    }
}

extension IndexStore {
    /// Runs as groups of seven bits: for each, how far it begins after the one before, and how many
    /// entries more it has.
    private static func packed(_ runs: [ClosedRange<UInt64>]) -> [UInt8] {
        var out: [UInt8] = []
        var last: UInt64 = 0
        for run in runs {
            Varint.append(run.lowerBound - last, to: &out)
            Varint.append(run.upperBound - run.lowerBound, to: &out)
            last = run.upperBound
        }
        return out
    }

    private static func runs(_ packed: UnsafeRawBufferPointer) -> [ClosedRange<UInt64>]? {
        var runs: [ClosedRange<UInt64>] = []
        var offset = 0
        var last: UInt64 = 0
        while offset < packed.count {
            guard let after = Varint.read(packed, &offset), after <= .max - last,
                let more = Varint.read(packed, &offset), more <= .max - last - after
            else { return nil }
            runs.append(last + after...last + after + more)
            last += after + more
        }
        return runs
    }
}
