// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections

/// What SQL may ask of a book: the views that `Docs/Views.md` describes.
///
/// They follow from the vocabulary. Columns are only ever added.
struct BookViews {
    private let book: Book

    init(_ book: Book) { self.book = book }

    /// A view that SQL makes of the tables of the index.
    struct Definition {
        let name: String
        let query: String
    }

    var definitions: [Definition] {
        let kinds = book.vocabulary.kinds.enumerated()
        return kinds.map { definition($1, $0) }
            + kinds.flatMap { number, kind in
                kind.fields.enumerated().compactMap { place, field in
                    elements(kind, number, field, place)
                }
            } + [links]
    }

    /// What is read when it is asked for.
    var sources: [RowSource] {
        let parts = book.vocabulary.kinds.flatMap { kind in
            kind.fields.filter { $0.family == .entries }.map { self.parts($0, of: kind) }
        }
        return parts + [entries, conflicts, devices, waiting, asides]
    }

    private func definition(_ kind: Kind, _ number: Int) -> Definition {
        var columns = [
            "of_entry('record', t.record) AS record", "of_entry('ref', t.record) AS ref",
            "r.isOpen AS is_open", "of_entry('at', t.record) AS made_at",
            "of_entry('author', t.record) AS made_by", "\(BookViews.time("r.time")) AS changed_at",
        ]
        for (place, field) in kind.fields.enumerated() where field.isPlain {
            let name = SQLNames.name(field.name)
            columns.append("\(ConditionSQL.expression(field, of: kind)) AS \(name)")
            guard field.isWeighed else { continue }
            columns.append("t.disputed >> \(place) & 1 AS \(name)_disputed")
            columns.append("of_entry('entry', t.\(name)_entry) AS \(name)_entry")
            columns.append("of_entry('at', t.\(name)_entry) AS \(name)_at")
        }
        let table = SQLNames.table(kind)
        return Definition(
            name: SQLNames.view(kind),
            query: """
                SELECT \(columns.joined(separator: ", ")) FROM main.\(table) t
                JOIN main.records r ON r.id = t.record
                """)
    }

    private func elements(
        _ kind: Kind, _ number: Int, _ field: Field, _ place: Int
    ) -> Definition? {
        guard field.isPlain == false, field.family != .entries else { return nil }
        let said =
            switch field.family {
            case .set: "e.value AS value, e.disputed AS disputed"
            case .tally: "e.key AS key, e.value AS value"
            default: "e.key AS key, e.value AS value, e.disputed AS disputed"
            }
        return Definition(
            name: SQLNames.view(field, of: kind),
            query: """
                SELECT of_entry('record', e.record) AS record, of_entry('ref', e.record) AS ref,
                e.position AS position, \(said) FROM main.elements e
                JOIN main.records r ON r.id = e.record
                WHERE r.kind = \(number) AND e.field = \(place)
                """)
    }

    /// Of all kinds: which record a field of another names.
    private var links: Definition {
        var parts: [String] = []
        for (number, kind) in book.vocabulary.kinds.enumerated() {
            for (place, field) in kind.fields.enumerated() {
                guard case .link = field.type, field.family != .entries else { continue }
                let from =
                    field.isPlain
                    ? """
                    main.\(SQLNames.table(kind)) t WHERE t.\(SQLNames.name(field.name)) IS NOT NULL
                    """
                    : """
                    main.elements t JOIN main.records r ON r.id = t.record
                    WHERE r.kind = \(number) AND t.field = \(place)
                    """
                let target = field.isPlain ? "t.\(SQLNames.name(field.name))" : "t.value"
                parts.append(
                    """
                    SELECT of_entry('record', t.record) AS record,
                    of_entry('ref', t.record) AS ref, '\(field.name)' AS field,
                    \(target) AS target FROM \(from)
                    """)
            }
        }
        return Definition(name: "links", query: parts.joined(separator: " UNION ALL "))
    }

    /// Times are kept with their first bit turned round, so that SQLite sorts them.
    private static func time(_ column: String) -> String {
        """
        strftime('%Y-%m-%dT%H:%M:%SZ', ((\(column) & 9223372036854775807) >> 16) / 1000, \
        'unixepoch')
        """
    }
}

extension BookViews {
    private func parts(_ field: Field, of kind: Kind) -> RowSource {
        let columns = [
            "record", "ref", "entry", "at", "author", "agency", "occurred", "text", "standing",
        ]
        return RowSource(
            SQLNames.view(field, of: kind), columns,
            of: { (first) throws(Failure) in
                try records(kind, first)
            }
        ) { (record) throws(Failure) in
            let name = Statement.Cell.text(book.logs.entry(at: record).text)
            let reference = Statement.Cell.text(try book.reference(record))
            var rows: [RowSource.Row] = []
            for part in try book.parts(of: record) where part.field == field {
                let author = try book.author(of: part.entry.log)
                rows.append(
                    [
                        name, reference, .text(book.entryName(part.entry)), .time(part.time),
                        .text(author.name), .text(author.agency), .text(part.occurred),
                    ] + BookViews.said(part))
            }
            return rows
        }
    }

    private static func said(_ part: PartView) -> RowSource.Row {
        let (content, standing) =
            switch part.standing {
            case .counts: (part.content, "counts")
            case .corrected(let content): (content, "corrected")
            case .void: (part.content, "void")
            case .disputed: (part.content, "disputed")
            }
        guard case .text(let text) = content else { return [.null, .text(standing)] }
        return [.text(text), .text(standing)]
    }

    /// The record that a text names, if it is of the kind, or all of the kind.
    private func records(_ kind: Kind, _ first: String?) throws(Failure) -> [EntryRef] {
        if let first {
            guard let id = EntryID(text: first), let place = book.logs.place(of: id),
                try book.kind(of: place) == kind
            else { return [] }
            return [place]
        }
        var records: [EntryRef] = []
        let find = try book.store.database.statement(
            "SELECT record FROM \(SQLNames.table(kind)) ORDER BY record")
        while try find.step() { records.append(EntryRef(raw: find.unsigned(0))) }
        return records
    }

    private var entries: RowSource {
        let columns = [
            "log", "entry", "at", "type", "record", "ref", "author", "agency", "standing",
        ]
        return RowSource(
            "entries", columns,
            of: { first in
                book.rows.map(\.index).filter { first == nil || book.callSign(of: $0) == first }
            }
        ) { (log) throws(Failure) in
            let author = try book.author(of: log)
            var rows: [RowSource.Row] = []
            for entry in try book.timeline(of: log) {
                rows.append([
                    .text(book.callSign(of: log)), .text(book.entryName(entry.place)),
                    .time(entry.time), .text(entry.type),
                    .text(entry.record.map { book.logs.entry(at: $0).text }),
                    .text(
                        try entry.record.map { (place) throws(Failure) in
                            try book.reference(place)
                        }), .text(author.name), .text(author.agency),
                    .text(BookViews.standing(entry)),
                ])
            }
            return rows
        }
    }

    private static func standing(_ entry: EntryReport) -> String {
        if let aside = entry.aside { return "set aside: \(aside.rawValue)" }
        if entry.again != nil { return "repeats" }
        return entry.isWaiting ? "waits" : "counts"
    }

    private var conflicts: RowSource {
        let columns = ["record", "ref", "kind", "field", "key", "finding", "rule", "urgency"]
        return RowSource("conflicts", columns) { () throws(Failure) in
            var rows: [RowSource.Row] = []
            for item in try book.work() {
                let finding = item.conflict.finding
                rows.append([
                    .text(item.record.id.text), .text(try book.reference(item.record.place)),
                    .text(item.record.kind.name), .text(item.conflict.field.name),
                    .text(item.conflict.key), .text(finding?.name), .text(finding?.rule),
                    .integer(Int64(item.conflict.urgency)),
                ])
            }
            return rows
        }
    }

    private var devices: RowSource {
        let columns = ["call_sign", "role", "holder", "agency", "is_out"]
        return RowSource("devices", columns) { () throws(Failure) in
            var rows: [RowSource.Row] = []
            for device in book.roster.devices {
                let holder = try book.holder(of: device)
                rows.append([
                    .text(device.callSign), .text(device.role.rawValue), .text(holder.name),
                    .text(holder.agency), .flag(device.isCut),
                ])
            }
            return rows
        }
    }

    private var waiting: RowSource {
        RowSource("waiting", ["entry", "needs"]) { () throws(Failure) in
            try book.awaited().map { [.text(book.entryName($0.entry)), .text($0.need)] }
        }
    }

    private var asides: RowSource {
        RowSource("set_aside", ["entry", "reason"]) { () throws(Failure) in
            try book.asides().map { [.text(book.entryName($0.entry)), .text($0.reason.rawValue)] }
        }
    }
}
