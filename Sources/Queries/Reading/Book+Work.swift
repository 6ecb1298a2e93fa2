// SPDX-License-Identifier: MIT
package import Basics
import Logs
package import Merging
package import Projections

/// Something that waits for a person.
package struct WorkItem: Hashable, Sendable {
    package enum Matter: Hashable, Sendable {
        /// People who had not seen each other wrote different values on this field.
        case conflict(field: String)
        /// A rule across fields or records has something to say.
        case finding(RecordFinding)
    }

    package let record: EntryRef
    package let matter: Matter
    /// 0 first.
    package let urgency: Int
}

extension Book {
    /// All that waits for a person, the most urgent first, then the record last written to.
    package func work(limit: Int = .max) throws(Failure) -> [WorkItem] {
        var items = try conflictRows()
        for (record, time) in try recordsWithFindings() {
            for finding in try self.record(record)?.findings ?? [] {
                items.append(
                    (
                        WorkItem(
                            record: record, matter: .finding(finding), urgency: finding.urgency),
                        time
                    ))
            }
        }
        let sorted = items.enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            if first.item.urgency != second.item.urgency {
                return first.item.urgency < second.item.urgency
            }
            if first.time != second.time { return first.time > second.time }
            return first.item.record != second.item.record
                ? CanonicalOrder(logs).precedes(first.item.record, second.item.record)
                : left.offset < right.offset
        }
        return sorted.prefix(limit).map(\.element.item)
    }

    /// The conflicts, with the times when their records were last written to; those of one record
    /// by field.
    private func conflictRows() throws(Failure) -> [(item: WorkItem, time: HybridTime)] {
        var items: [(item: WorkItem, time: HybridTime)] = []
        let find = try store.database.statement(
            """
            SELECT record, field, urgency, records.time
            FROM conflicts JOIN records ON records.id = record ORDER BY field
            """)
        while try find.step() {
            let item = WorkItem(
                record: EntryRef(raw: find.unsigned(0)), matter: .conflict(field: find.text(1)),
                urgency: Int(find.integer(2)))
            items.append((item, HybridTime(raw: find.unsigned(3))))
        }
        return items
    }

    /// How many conflicts and findings there are.
    package func workCount() throws(Failure) -> (conflicts: Int, findings: Int) {
        (try count("conflicts"), try count("findings"))
    }

    /// Entries that are held and not folded: what each waits for.
    package func waiting() throws(Failure) -> [(entry: EntryRef, need: String)] {
        var waiting: [(entry: EntryRef, need: String)] = []
        let find = try store.database.statement("SELECT place, need FROM waiting")
        while try find.step() { waiting.append((EntryRef(raw: find.unsigned(0)), find.text(1))) }
        for entry in try store.stranded() { waiting.append((entry.place, "record")) }
        return waiting.sorted { CanonicalOrder(logs).precedes($0.entry, $1.entry) }
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
            ? row(log).position?.tip.seq ?? 0 : seen.causality.steps(of: other, about: log).last
    }

    private func recordsWithFindings() throws(Failure) -> [(record: EntryRef, time: HybridTime)] {
        var records: [(record: EntryRef, time: HybridTime)] = []
        let find = try store.database.statement(
            "SELECT id, time FROM records WHERE id IN (SELECT record FROM findings)")
        while try find.step() {
            records.append((EntryRef(raw: find.unsigned(0)), HybridTime(raw: find.unsigned(1))))
        }
        return records
    }

    private func count(_ table: String) throws(Failure) -> Int {
        let find = try store.database.statement("SELECT count(*) FROM \(table)")
        guard try find.step() else { return 0 }
        defer { find.reset() }
        return Int(find.integer(0))
    }
}
