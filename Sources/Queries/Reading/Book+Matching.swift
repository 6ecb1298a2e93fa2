// SPDX-License-Identifier: MIT
package import Basics
package import Events
import Merging
import Projections

extension Book {
    /// Records of the kinds that have all fields which the filter asks for.
    func matching(
        _ filter: RecordFilter
    ) throws(Failure) -> (records: [RecordSummary], total: Int) {
        let odd = try store.database.statement(
            "SELECT 1 FROM records WHERE kind < 0 OR kind >= ?1 LIMIT 1"
        ).bind(1, Int64(vocabulary.kinds.count))
        guard try odd.step() == false else { throw Failure.ofIndex }
        var fitting: [(place: EntryRef, time: HybridTime)] = []
        for (number, kind) in vocabulary.kinds.enumerated()
        where filter.kind == nil || filter.kind == kind {
            let order = filter.order.flatMap { order in
                kind.field(order.field).map { self.order($0, of: kind, order.isDescending) }
            }
            let rank = order.map { "dense_rank() OVER (ORDER BY \($0))" } ?? "0"
            guard filter.order == nil || order != nil,
                let find = try statement("r.id, r.time, \(rank)", filter, of: kind, number)
            else { continue }
            // Equal books list alike: how SQLite numbers records depends on what came first.
            var ranked: [Int64: [(place: EntryRef, time: HybridTime)]] = [:]
            while try find.step() {
                ranked[find.integer(2), default: []].append(
                    (EntryRef(raw: find.unsigned(0)), find.time(1)))
            }
            for rank in ranked.keys.sorted() { fitting += inOrder(ranked[rank] ?? []) }
        }
        let ordered = filter.order == nil ? inOrder(fitting) : fitting
        var records: [RecordSummary] = []
        for record in ordered.prefix(filter.limit) {
            if let summary = try summary(record.place) { records.append(summary) }
        }
        return (records, fitting.count)
    }

    /// How many records read what in a field, the most first. Of a set each element counts, of a
    /// keyed field each key; what is empty is one that says nothing.
    package func counts(
        by field: Field, of kind: Kind, _ filter: RecordFilter
    ) throws(Failure) -> [(value: String, count: Int)] {
        guard let number = vocabulary.kinds.firstIndex(of: kind),
            let place = kind.index(of: field.name)
        else { return [] }
        let column =
            field.isPlain
            ? ConditionSQL.expression(field, of: kind) : field.family == .set ? "e.value" : "e.key"
        let elements =
            field.isPlain
            ? "" : "LEFT JOIN elements e ON e.record=r.id AND e.field=\(place)"
        guard
            let find = try statement(
                "coalesce(\(column), ''), count(*)", filter, of: kind, number, joining: elements,
                tail: "GROUP BY 1 ORDER BY 2 DESC, 1")
        else { return [] }
        var counts: [(value: String, count: Int)] = []
        while try find.step() {
            let text = find.text(0)
            let isFlag = field.type == .flag && text.isEmpty == false
            let value = isFlag ? (text == "0" ? "no" : "yes") : try spoken(text, field)
            counts.append((value, Int(find.integer(1))))
        }
        return counts
    }

    /// Nil where the kind lacks a field that is asked for.
    private func statement(
        _ columns: String, _ filter: RecordFilter, of kind: Kind, _ number: Int,
        joining: String = "", tail: String = ""
    ) throws(Failure) -> Statement? {
        guard let conditions = ConditionSQL(filter.conditions, on: kind, firstPlace: 3) else {
            return nil
        }
        let openness = filter.isOpen == nil ? [] : ["r.isOpen = ?2"]
        let clauses = (["r.kind = ?1"] + openness + conditions.clauses).joined(separator: " AND ")
        let find = try store.database.statement(
            """
            SELECT \(columns) FROM records r JOIN \(SQLNames.table(kind)) t ON t.record = r.id
            \(joining) WHERE \(clauses) \(tail)
            """
        ).bind(1, Int64(number))
        if let isOpen = filter.isOpen { find.bind(2, isOpen ? 1 : 0 as Int64) }
        for (place, cell) in conditions.cells.enumerated() { find.bind(Int32(place + 3), cell) }
        return find
    }

    /// Choices in the order of their declaration, dates by the end of their period, texts without
    /// regard to case. Records that are alike in this are listed as without an order.
    private func order(_ field: Field, of kind: Kind, _ isDescending: Bool) -> String {
        let column = ConditionSQL.expression(field, of: kind)
        let key: String
        switch field.type {
        case .choice(let names):
            let ranks = names.enumerated().map { "WHEN '\($1)' THEN \($0)" }
            key = "CASE \(column) \(ranks.joined(separator: " ")) ELSE -1 END"
        case .date: key = "coalesce(last_day(\(column)), \(column))"
        case .text, .longText, .code, .link: key = "folded(\(column))"
        case .integer, .flag: key = column
        }
        return "\(column) IS NULL, \(key)\(isDescending ? " DESC" : "")"
    }

    /// A link as the reference of what it names, anything else as it is.
    private func spoken(_ text: String, _ field: Field) throws(Failure) -> String {
        guard case .link = field.type, let id = EntryID(text: text),
            let place = logs.place(of: id)
        else { return text }
        return try reference(place)
    }
}
