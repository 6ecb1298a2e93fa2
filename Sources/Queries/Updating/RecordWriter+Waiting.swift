// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

extension RecordWriter {
    /// Sets aside entries that waited for a record which an entry held by now does not create.
    func giveUpWaiting(_ rows: [LogRow], within bounds: Bounds) throws(Failure) {
        var idle: [(entry: EntryRef, about: EntryRef)] = []
        let find = try store.database.statement(
            "SELECT place, about FROM heldUp WHERE need='record'")
        while try find.step() {
            let about = EntryRef(raw: find.unsigned(1))
            let row = rows[Int(about.log.raw)]
            let isRead = about.seq <= row.position?.tip.seq ?? 0 && bounds.contains(about)
            if row.admission != nil, isRead {
                idle.append((EntryRef(raw: find.unsigned(0)), about))
            }
        }
        for (entry, about) in idle {
            try store.database.statement("DELETE FROM heldUp WHERE place=?1").bind(1, entry.raw)
                .execute()
            let admission = rows[Int(entry.log.raw)].admission
            let counts = admission?.role(at: entry.seq) != nil
            try store.setAside(
                entry, counts ? .noRecord : admission?.refusal(at: entry.seq) ?? .notLetIn)
            for table in ["records", "states"] {
                try store.database.statement("DELETE FROM \(table) WHERE id=?1")
                    .bind(1, about.raw).execute()
            }
        }
    }
}

extension IndexStore {
    func setAside(_ entry: EntryRef, _ reason: SetAside) throws(Failure) {
        try database.statement("INSERT OR REPLACE INTO asides VALUES(?1, ?2)")
            .bind(1, entry.raw).bind(2, reason.rawValue).execute()
    }

    /// Why an entry is set aside; nil if it is not.
    func asideReason(of entry: EntryRef) throws(Failure) -> SetAside? {
        let find = try database.statement("SELECT reason FROM asides WHERE place=?1")
            .bind(1, entry.raw)
        defer { find.reset() }
        return try find.step() ? SetAside(rawValue: find.text(0)) : nil
    }
}
