// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Logs
package import Merging
import Projections

/// A line of a list.
package struct RecordSummary: Hashable, Sendable {
    package let place: EntryRef
    package let kind: Kind
    package let reference: String
    /// What it is called in lists: its label where that means it alone, else its reference.
    package let name: String
    package let title: String
    package let status: String
    package let isOpen: Bool
    /// When it was last written to.
    package let time: HybridTime
    /// The canonical contents by field name: what `RecordEvaluation` last worked out.
    package let contents: [String: CBORValue]
    /// How much on it people disagree on: each field, key and part for itself.
    package let conflicts: Int
    /// What rules across fields and checks of counts found on it.
    package let findings: Int
}

/// What a list is narrowed to.
package struct RecordFilter: Hashable, Sendable {
    package var kind: Kind?
    package var isOpen: Bool?
    /// All of which have to hold.
    package var conditions: [RecordCondition] = []
    /// Nil for the last written to first.
    package var order: Order?
    package var limit = 50

    /// By what a field reads; records that say nothing there come last.
    package struct Order: Hashable, Sendable {
        package let field: String
        package let isDescending: Bool

        package init(_ field: String, isDescending: Bool) {
            self.field = field
            self.isDescending = isDescending
        }
    }

    package init() {}
}

extension Book {
    /// Records that pass the filter, the last written to first, and how many there are in all.
    package func list(
        _ filter: RecordFilter
    ) throws(Failure) -> (records: [RecordSummary], total: Int) {
        filter.conditions.isEmpty && filter.order == nil
            ? try newest(filter) : try matching(filter)
    }

    private func newest(
        _ filter: RecordFilter
    ) throws(Failure) -> (records: [RecordSummary], total: Int) {
        var newest: [(place: EntryRef, time: HybridTime)] = []
        var total = 0
        for count in try counts() where filter.kind == nil || filter.kind == count.kind {
            switch filter.isOpen {
            case nil: total += count.all
            case true?: total += count.open
            case false?: total += count.all - count.open
            }
        }
        // Kind by kind, as the index has them.
        for (number, kind) in vocabulary.kinds.enumerated()
        where filter.kind == nil || filter.kind == kind {
            newest += try self.newest(Int64(number), filter)
        }
        // A record of a kind that is none would be passed over here and counted above.
        guard newest.count >= min(total, filter.limit) else { throw Failure.ofIndex }
        var records: [RecordSummary] = []
        for record in inOrder(newest).prefix(filter.limit) {
            if let summary = try summary(record.place) { records.append(summary) }
        }
        return (records, total)
    }

    /// At least as many of one kind as are wanted, with all those whose time is that of the last.
    private func newest(
        _ kind: Int64, _ filter: RecordFilter
    ) throws(Failure) -> [(place: EntryRef, time: HybridTime)] {
        guard filter.limit > 0 else { return [] }
        let openness = filter.isOpen == nil ? "" : " AND isOpen=?2"
        var newest: [(place: EntryRef, time: HybridTime)] = []
        let find = try store.database.statement(
            "SELECT id, time FROM records WHERE kind=?1\(openness) ORDER BY time DESC"
        ).bind(1, kind)
        if let isOpen = filter.isOpen { find.bind(2, isOpen ? 1 : 0 as Int64) }
        defer { find.reset() }
        while try find.step() {
            let time = find.time(1)
            if newest.count >= filter.limit, newest.last?.time != time { break }
            newest.append((EntryRef(raw: find.unsigned(0)), time))
        }
        return newest
    }

    /// The last written to first; where two were written to at one time, by log id and seq.
    func inOrder(
        _ records: [(place: EntryRef, time: HybridTime)]
    ) -> [(place: EntryRef, time: HybridTime)] {
        records.sorted { left, right in
            left.time != right.time
                ? left.time > right.time : CanonicalOrder(logs).precedes(left.place, right.place)
        }
    }

    /// One record as a line of a list; nil if it is not held.
    package func summary(_ place: EntryRef) throws(Failure) -> RecordSummary? {
        let find = try store.database.statement(
            """
            SELECT kind, number, title, status, isOpen, time, view
            FROM records JOIN states USING(id) WHERE id=?1 AND kind IS NOT NULL
            """
        ).bind(1, place.raw)
        guard try find.step() else { return nil }
        defer { find.reset() }
        let kind = try kind(at: find.integer(0))
        let contents = try self.contents(find.bytes(6))
        var label: String?
        if let alias = kind.alias, case .text(let text)? = contents[alias] { label = text }
        let work = try workCount(of: place)
        return RecordSummary(
            place: place, kind: kind,
            reference: reference(place, number: find.unsigned(1)),
            name: try name(of: place, label: label), title: find.text(2),
            status: find.text(3), isOpen: find.integer(4) != 0,
            time: find.time(5), contents: contents,
            conflicts: work.conflicts, findings: work.findings)
    }

    /// How many records of each kind there are, and how many of them are open.
    package func counts() throws(Failure) -> [(kind: Kind, all: Int, open: Int)] {
        let find = try store.database.statement(
            "SELECT kind, records, open FROM kinds WHERE records > 0 ORDER BY kind")
        var counts: [(kind: Kind, all: Int, open: Int)] = []
        while try find.step() {
            counts.append(
                (
                    try kind(at: find.integer(0)), Int(find.integer(1)),
                    Int(find.integer(2))
                ))
        }
        return counts
    }

    private func workCount(
        of place: EntryRef
    ) throws(Failure) -> (conflicts: Int, findings: Int) {
        let find = try store.database.statement(
            "SELECT count(*), coalesce(sum(isFinding), 0) FROM toSettle WHERE record=?1"
        ).bind(1, place.raw)
        guard try find.step() else { throw Failure.ofIndex }
        defer { find.reset() }
        let findings = Int(find.integer(1))
        return (Int(find.integer(0)) - findings, findings)
    }

    func contents(_ canonical: [UInt8]) throws(Failure) -> [String: CBORValue] {
        guard let contents = CanonicalRecord.contents(canonical) else { throw Failure.ofIndex }
        return contents
    }

    /// A kind as the index numbers it.
    func kind(at number: Int64) throws(Failure) -> Kind {
        guard let place = Int(exactly: number), vocabulary.kinds.indices.contains(place) else {
            throw Failure.ofIndex
        }
        return vocabulary.kinds[place]
    }
}
