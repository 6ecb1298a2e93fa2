// SPDX-License-Identifier: MIT
package import Basics
import Merging
package import Projections

extension IndexStore {
    /// Notes an entry of which this program does not know all.
    func note(_ entry: EntryRef, unread why: Unread) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO unread VALUES(?1, ?2)")
            .bind(1, entry.raw).bind(2, why.rawValue).execute()
    }
}

extension Book {
    /// How many entries that count say something that this program does not know, by what it is.
    package func unread() throws(Failure) -> [Unread: Int] {
        var counts: [Unread: Int] = [:]
        let find = try store.database.statement("SELECT place, why FROM unread")
        while try find.step() {
            guard let why = Unread(rawValue: find.text(1)) else { throw Failure.ofIndex }
            let entry = EntryRef(raw: find.unsigned(0))
            guard bounds.contains(entry), seen.admission(entry.log)?.role(at: entry.seq) != nil
            else { continue }
            counts[why, default: 0] += 1
        }
        for (entry, reason) in try asides() where bounds.contains(entry) {
            switch reason {
            case .unknownKind: counts[.kind, default: 0] += 1
            case .laterVersion: counts[.header, default: 0] += 1
            case .notPermitted, .malformed, .afterCut, .notLetIn, .noRecord: break
            }
        }
        return counts
    }
}
