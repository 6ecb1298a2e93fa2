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
    /// All that waits for a person, the most urgent first, then by reference order.
    package func work(limit: Int = .max) throws(Failure) -> [WorkItem] {
        var items: [WorkItem] = []
        let find = try store.database.statement(
            "SELECT record, field, urgency FROM conflicts ORDER BY urgency, record LIMIT ?1"
        ).bind(1, Int64(clamping: limit))
        while try find.step() {
            items.append(
                WorkItem(
                    record: EntryRef(raw: find.unsigned(0)), matter: .conflict(field: find.text(1)),
                    urgency: Int(find.integer(2))))
        }
        for record in try recordsWithFindings(limit) {
            for finding in try self.record(record)?.findings ?? [] {
                items.append(
                    WorkItem(
                        record: record, matter: .finding(finding), urgency: finding.urgency))
            }
        }
        let sorted = items.enumerated().sorted { left, right in
            if left.element.urgency != right.element.urgency {
                return left.element.urgency < right.element.urgency
            }
            let signs = (
                callSign(of: left.element.record.log), callSign(of: right.element.record.log)
            )
            if signs.0 != signs.1 { return signs.0.utf8.lexicographicallyPrecedes(signs.1.utf8) }
            return left.element.record != right.element.record
                ? left.element.record.seq < right.element.record.seq : left.offset < right.offset
        }
        return sorted.prefix(limit).map(\.element)
    }

    /// How many conflicts and findings there are.
    package func workCount() throws(Failure) -> (conflicts: Int, findings: Int) {
        (try count("conflicts"), try count("findings"))
    }

    /// Entries that are held and not folded: what each waits for.
    package func waiting() throws(Failure) -> [(entry: EntryRef, need: String, about: EntryRef)] {
        var waiting: [(entry: EntryRef, need: String, about: EntryRef)] = []
        let find = try store.database.statement("SELECT place, need, about FROM waiting")
        while try find.step() {
            waiting.append(
                (EntryRef(raw: find.unsigned(0)), find.text(1), EntryRef(raw: find.unsigned(2))))
        }
        return waiting
    }

    /// Entries that are held and change nothing, and why.
    package func asides() throws(Failure) -> [(entry: EntryRef, reason: SetAside)] {
        var asides: [(entry: EntryRef, reason: SetAside)] = []
        let find = try store.database.statement("SELECT place, reason FROM asides")
        while try find.step() {
            guard let reason = SetAside(rawValue: find.text(1)) else { continue }
            asides.append((EntryRef(raw: find.unsigned(0)), reason))
        }
        return asides
    }

    /// Bases that name a history other than the one held.
    package func falseClaims() throws(Failure) -> [(
        author: EntryRef, about: LogIndex, upTo: UInt64
    )] {
        try store.claims().filter(\.isFalse).map { ($0.place, $0.about, $0.upTo) }
    }

    /// How far one device has said that it holds another log.
    package func seen(_ log: LogIndex, by other: LogIndex) -> UInt64 {
        log == other
            ? row(log).position?.tip.seq ?? 0 : seen.lines(of: other, about: log).last
    }

    private func recordsWithFindings(_ limit: Int) throws(Failure) -> [EntryRef] {
        var records: [EntryRef] = []
        let find = try store.database.statement(
            "SELECT DISTINCT record FROM findings ORDER BY urgency, record LIMIT ?1"
        ).bind(1, Int64(clamping: limit))
        while try find.step() { records.append(EntryRef(raw: find.unsigned(0))) }
        return records
    }

    private func count(_ table: String) throws(Failure) -> Int {
        let find = try store.database.statement("SELECT count(*) FROM \(table)")
        guard try find.step() else { return 0 }
        defer { find.reset() }
        return Int(find.integer(0))
    }
}
