// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Merging
package import Projections

/// Something that waits for a person, and the record that it is about.
package struct WorkItem: Sendable {
    package let record: RecordView
    package let conflict: Conflict
}

/// How much waits for a person. Every output counts alike.
package struct WorkCount: Hashable, Sendable {
    /// Disagreements, each field, key and part for itself.
    package let conflicts: Int
    /// What rules across fields and checks of counts found.
    package let findings: Int
    /// Logs that have two signed histories.
    package let forks: Int
    /// What is told about who is let in as what.
    package let rosterFindings: Int

    package var all: Int { conflicts + findings + forks + rosterFindings }
}

extension Book {
    /// Where a conflict stands in the index.
    private struct Row {
        let record: EntryRef
        let place: Int
        let urgency: Int64
        let time: HybridTime
    }

    /// All that waits for a person, the most urgent first, then the record last written to.
    package func work(limit: Int = .max) throws(Failure) -> [WorkItem] {
        let order = CanonicalOrder(logs)
        let sorted = try workRows().sorted { left, right in
            if left.urgency != right.urgency { return left.urgency < right.urgency }
            if left.time != right.time { return left.time > right.time }
            return left.record != right.record
                ? order.precedes(left.record, right.record) : left.place < right.place
        }
        var items: [WorkItem] = []
        var known: RecordView?
        for row in sorted.prefix(limit) {
            if known?.place != row.record { known = try record(row.record) }
            guard let view = known, view.conflicts.indices.contains(row.place) else {
                throw Failure.ofIndex
            }
            items.append(WorkItem(record: view, conflict: view.conflicts[row.place]))
        }
        return items
    }

    private func workRows() throws(Failure) -> [Row] {
        var rows: [Row] = []
        let find = try store.database.statement(
            """
            SELECT record, place, urgency, records.time
            FROM toSettle JOIN records ON records.id = record
            """)
        while try find.step() {
            rows.append(
                Row(
                    record: EntryRef(raw: find.unsigned(0)), place: Int(find.integer(1)),
                    urgency: find.integer(2), time: find.time(3)))
        }
        return rows
    }

    /// How much waits for a person.
    package func workCount() throws(Failure) -> WorkCount {
        let find = try store.database.statement(
            "SELECT count(*), coalesce(sum(isFinding), 0) FROM toSettle")
        guard try find.step() else { throw Failure.ofIndex }
        defer { find.reset() }
        let (all, findings) = (Int(find.integer(0)), Int(find.integer(1)))
        return WorkCount(
            conflicts: all - findings, findings: findings, forks: try forks().count,
            rosterFindings: roster.findings.count)
    }

    /// Entries that are held and not folded: what each waits for.
    package func waiting() throws(Failure) -> [(entry: EntryRef, need: String)] {
        var waiting: [(entry: EntryRef, need: String)] = []
        let find = try store.database.statement("SELECT place, need FROM heldUp")
        while try find.step() { waiting.append((EntryRef(raw: find.unsigned(0)), find.text(1))) }
        for entry in try store.stranded() { waiting.append((entry.place, "record")) }
        return waiting.sorted { CanonicalOrder(logs).precedes($0.entry, $1.entry) }
    }

    /// The same, with entries that stand for what others repeat while their text is not here: until
    /// it comes, nobody knows what they say.
    package func awaited() throws(Failure) -> [(entry: EntryRef, need: String)] {
        var awaited = try waiting()
        for row in rows {
            for range in row.absent.all {
                for seq in range.first...range.last {
                    let entry = EntryRef(row.index, seq)
                    if seen.repeats.counted(entry) != entry { awaited.append((entry, "body")) }
                }
            }
        }
        return awaited.sorted { CanonicalOrder(logs).precedes($0.entry, $1.entry) }
    }

    /// Entries that are held and change nothing, and why.
    package func asides() throws(Failure) -> [(entry: EntryRef, reason: SetAside)] {
        var asides: [(entry: EntryRef, reason: SetAside)] = []
        let find = try store.database.statement("SELECT place, reason FROM asides")
        while try find.step() {
            guard let reason = SetAside(rawValue: find.text(1)) else { continue }
            asides.append((EntryRef(raw: find.unsigned(0)), reason))
        }
        return asides.sorted { CanonicalOrder(logs).precedes($0.entry, $1.entry) }
    }

    /// Bases that name a history other than the one held.
    package func falseClaims() throws(Failure) -> [(
        author: EntryRef, about: LogID, upTo: UInt64
    )] {
        try store.falseClaims().map { ($0.place, $0.about, $0.upTo) }
    }

    /// What of one log another one's entries had in sight.
    package func steps(of log: LogIndex, about other: LogIndex) -> SeenSteps {
        seen.causality.steps(of: log, about: other)
    }

    /// How far one device has said that it holds another log.
    package func seen(_ log: LogIndex, by other: LogIndex) -> UInt64 {
        log == other
            ? row(log).position?.tip.seq ?? 0
            : seen.causality.reach(
                of: EntryRef(other, row(other).position?.tip.seq ?? 0), about: log)
    }
}
