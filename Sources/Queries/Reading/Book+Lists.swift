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
    package let title: String
    package let status: String
    package let isOpen: Bool
    /// When it was last written to.
    package let time: HybridTime
    /// The canonical contents by field name: what `RecordEvaluation` last worked out.
    package let contents: [String: CBORValue]
    package let conflicts: Int
}

/// What a list is narrowed to.
package struct RecordFilter: Hashable, Sendable {
    package var kind: Kind?
    package var isOpen: Bool?
    /// Field names and the texts that their shown values must have.
    package var values: [String: String] = [:]
    package var limit = 50

    package init() {}
}

extension Book {
    /// Records that pass the filter, the last written to first, and how many there are in all.
    package func list(
        _ filter: RecordFilter
    ) throws(Failure) -> (records: [RecordSummary], total: Int) {
        // Values are looked up in the records themselves, all else in the index's own order.
        filter.values.isEmpty ? try newest(filter) : try matching(filter)
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
            let find = try store.database.statement(
                """
                SELECT id, time FROM records
                WHERE kind=?1\(filter.isOpen == nil ? "" : " AND isOpen=?2")
                ORDER BY time DESC, id LIMIT ?3
                """
            ).bind(1, Int64(number)).bind(3, Int64(clamping: filter.limit))
            if let isOpen = filter.isOpen { find.bind(2, isOpen ? 1 : 0 as Int64) }
            while try find.step() {
                newest.append((EntryRef(raw: find.unsigned(0)), HybridTime(raw: find.unsigned(1))))
            }
        }
        newest.sort { $0.time != $1.time ? $0.time > $1.time : $0.place < $1.place }
        var records: [RecordSummary] = []
        for record in newest.prefix(filter.limit) {
            if let summary = try summary(record.place) { records.append(summary) }
        }
        return (records, total)
    }

    private func matching(
        _ filter: RecordFilter
    ) throws(Failure) -> (records: [RecordSummary], total: Int) {
        var records: [RecordSummary] = []
        var total = 0
        let kind = filter.kind.flatMap { vocabulary.kinds.firstIndex(of: $0) }
        let find = try store.database.statement(
            """
            SELECT id, kind, number, title, status, isOpen, time, view
            FROM records JOIN states USING(id)
            WHERE kind IS NOT NULL AND (?1 IS NULL OR kind=?1) AND (?2 IS NULL OR isOpen=?2)
            ORDER BY time DESC, id
            """)
        if let kind { find.bind(1, Int64(kind)) }
        if let isOpen = filter.isOpen { find.bind(2, isOpen ? 1 : 0 as Int64) }
        while try find.step() {
            let needsContents = filter.values.isEmpty == false || records.count < filter.limit
            let contents = needsContents ? Book.contents(find.bytes(7)) : [:]
            guard matches(contents, filter.values, status: find.text(4)) else { continue }
            total += 1
            guard records.count < filter.limit else { continue }
            let place = EntryRef(raw: find.unsigned(0))
            records.append(
                RecordSummary(
                    place: place, kind: vocabulary.kinds[Int(find.integer(1))],
                    reference: "\(callSign(of: place.log))-\(find.integer(2))",
                    title: find.text(3), status: find.text(4), isOpen: find.integer(5) != 0,
                    time: HybridTime(raw: find.unsigned(6)), contents: contents,
                    conflicts: try conflictCount(place)))
        }
        return (records, total)
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
        return RecordSummary(
            place: place, kind: vocabulary.kinds[Int(find.integer(0))],
            reference: "\(callSign(of: place.log))-\(find.integer(1))", title: find.text(2),
            status: find.text(3), isOpen: find.integer(4) != 0,
            time: HybridTime(raw: find.unsigned(5)), contents: Book.contents(find.bytes(6)),
            conflicts: try conflictCount(place))
    }

    /// How many records of each kind there are, and how many of them are open.
    package func counts() throws(Failure) -> [(kind: Kind, all: Int, open: Int)] {
        let find = try store.database.statement(
            "SELECT kind, records, open FROM kinds WHERE records > 0 ORDER BY kind")
        var counts: [(kind: Kind, all: Int, open: Int)] = []
        while try find.step() {
            counts.append(
                (
                    vocabulary.kinds[Int(find.integer(0))], Int(find.integer(1)),
                    Int(find.integer(2))
                ))
        }
        return counts
    }

    /// Records and entries whose words begin with all the words given; of each log, the last made
    /// first.
    package func search(
        _ text: String, limit: Int
    ) throws(Failure) -> [(record: EntryRef, entry: EntryRef?)] {
        let words = text.split { $0 == " " || $0 == "\t" }.map {
            "\"" + $0.replacing("\"", with: "\"\"") + "\"*"
        }
        guard words.isEmpty == false else { return [] }
        var found: [(record: EntryRef, entry: EntryRef?)] = []
        let find = try store.database.statement(
            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2"
        ).bind(1, words.joined(separator: " ")).bind(2, Int64(limit))
        while try find.step() {
            let row = find.unsigned(0)
            let run = try store.database.statement(
                "SELECT record, position, row FROM wordRuns WHERE row>=?1 ORDER BY row LIMIT 1"
            ).bind(1, row)
            guard try run.step() else { continue }
            let record = EntryRef(raw: run.unsigned(0))
            let fromEnd = Int(run.unsigned(2) - row)
            let position = Int(run.integer(1)) - fromEnd
            run.reset()
            found.append((record, fromEnd == 0 ? nil : try entry(position, of: record)))
        }
        return found
    }

    /// The entry at a position of a record's history.
    private func entry(_ position: Int, of record: EntryRef) throws(Failure) -> EntryRef? {
        guard let entries = try store.history(record)?.entries else { return nil }
        guard position < entries.count, let source = sources[entries[position].log] else {
            return nil
        }
        return EntryRef(
            entries[position].log, try source.entry(at: entries[position].offset).header.seq)
    }

    private func conflictCount(_ place: EntryRef) throws(Failure) -> Int {
        let find = try store.database.statement("SELECT count(*) FROM conflicts WHERE record=?1")
            .bind(1, place.raw)
        guard try find.step() else { return 0 }
        defer { find.reset() }
        return Int(find.integer(0))
    }

    static func contents(_ canonical: [UInt8]) -> [String: CBORValue] {
        guard case .array(let items)? = try? CBORValue(canonical), items.count == 6,
            case .map(let pairs) = items[3]
        else { return [:] }
        var contents: [String: CBORValue] = [:]
        for (key, value) in pairs {
            if case .text(let name) = key { contents[name] = value }
        }
        return contents
    }

    private func matches(
        _ contents: [String: CBORValue], _ values: [String: String], status: String
    ) -> Bool {
        values.allSatisfy { name, wanted in
            if name == "status", status == wanted { return true }
            guard let content = contents[name] else { return wanted.isEmpty }
            return texts(content).contains(wanted)
        }
    }

    /// The texts that a content reads as: a register's value, or the elements of a set.
    private func texts(_ content: CBORValue) -> [String] {
        switch content {
        case .text(let text): [text]
        case .unsigned(let number): ["\(number)"]
        case .negative(let number): ["\(number)"]
        case .bool(let flag): [flag ? "yes" : "no"]
        case .array(let items):
            switch items.first {
            case .bytes(let log)?: [reference(log, items)]
            case .array(let elements)?: elements.flatMap { texts($0) }
            case .some(let shown): texts(shown)
            case nil: []
            }
        case .map, .bytes, .null: []
        }
    }

    /// How people say what a link points to.
    private func reference(_ log: [UInt8], _ link: [CBORValue]) -> String {
        guard let id = Bytes16(log), case .unsigned(let seq)? = link.last,
            let place = logs.place(of: EntryID(log: LogID(id), seq: seq))
        else { return "" }
        return (try? reference(place)) ?? ""
    }
}
