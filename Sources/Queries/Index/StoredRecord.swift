// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections

/// What the index keeps of one record.
struct StoredRecord {
    let place: EntryRef
    /// The kind's place in the vocabulary; nil while the entry that creates it is not held.
    var kind: Int?
    /// Which record of its log it is, counted from 1.
    var number: UInt64 = 0
    var state = RecordState()
    var history = History()
    /// The canonical bytes; empty while the kind is not known.
    var view: [UInt8] = []
    /// Where the search has the words of its own fields; 0 for nowhere.
    var searchRow: UInt64 = 0
    /// Whether it was counted as open when it was written last.
    var wasOpen = false

    init(place: EntryRef) { self.place = place }
}

/// Where a record's entries stand, in the order they were taken in: log and offset of each.
struct History {
    private(set) var packed: [UInt8] = []

    init(packed: [UInt8] = []) { self.packed = packed }

    mutating func add(_ log: LogIndex, at offset: Int) {
        Varint.append(UInt64(log.raw), to: &packed)
        Varint.append(UInt64(offset), to: &packed)
    }

    /// How many entries there are: each takes two numbers, and one byte of each has a clear top
    /// bit.
    var count: Int { packed.count { $0 < 0x80 } / 2 }

    var entries: [(log: LogIndex, offset: Int)] {
        packed.withRaw { raw in
            var entries: [(log: LogIndex, offset: Int)] = []
            var place = 0
            while let log = Varint.read(raw, &place), let offset = Varint.read(raw, &place) {
                entries.append((LogIndex(UInt32(log)), Int(offset)))
            }
            return entries
        }
    }
}

extension IndexStore {
    func recordRow(_ place: EntryRef, logs: Int) throws(Failure) -> StoredRecord? {
        let find = try database.statement(
            """
            SELECT kind, number, state, history, view, searchRow, isOpen
            FROM records JOIN states USING(id) WHERE id=?1
            """
        ).bind(1, place.raw)
        guard try find.step() else { return nil }
        defer { find.reset() }
        var row = StoredRecord(place: place)
        let kind = find.isNull(0) ? nil : Int(clamping: find.integer(0))
        guard kind.map(vocabulary.kinds.indices.contains) ?? true,
            let state = RecordState(
                packed: find.raw(2), logs: logs,
                fields: kind.map { vocabulary.kinds[$0].fields.count } ?? 0)
        else { throw Failure.ofIndex }
        row.kind = kind
        row.number = find.unsigned(1)
        row.state = state
        row.history = History(packed: find.bytes(3))
        row.view = find.bytes(4)
        row.searchRow = find.unsigned(5)
        row.wasOpen = find.integer(6) != 0
        return row
    }

    /// Where a record's entries stand.
    func history(_ place: EntryRef) throws(Failure) -> History? {
        let find = try database.statement("SELECT history FROM states WHERE id=?1")
            .bind(1, place.raw)
        guard try find.step() else { return nil }
        defer { find.reset() }
        return History(packed: find.bytes(0))
    }

    /// A record by its number among those made on a log; nil if it is not held.
    ///
    /// Needs no index, for the numbers of a log's records rise with their places.
    func record(_ number: UInt64, of log: LogIndex) throws(Failure) -> EntryRef? {
        // The entry that makes a log's fifth record is its fifth or a later one.
        guard number > 0, number < 1 << 40 else { return nil }
        var low = EntryRef(log, number).raw
        var high = EntryRef(log, (1 << 40) - 1).raw
        while low <= high {
            let middle = low + (high - low) / 2
            let find = try database.statement(
                """
                SELECT id, number FROM records WHERE id BETWEEN ?1 AND ?2 AND number > 0
                ORDER BY id LIMIT 1
                """
            ).bind(1, middle).bind(2, high)
            defer { find.reset() }
            guard try find.step(), find.unsigned(1) <= number else {
                high = middle - 1
                continue
            }
            if find.unsigned(1) == number { return EntryRef(raw: find.unsigned(0)) }
            low = find.unsigned(0) + 1
        }
        return nil
    }

    /// Puts a record's rows in the place of those before.
    func save(_ line: RecordUpdate, newSearchRow: UInt64?) throws(Failure) {
        let put = try database.statement(
            "INSERT OR REPLACE INTO records VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        put.bind(1, line.place.raw)
        if let kind = line.kind {
            put.bind(2, Int64(kind)).bind(4, line.title).bind(5, line.status)
                .bind(6, line.isOpen ? 1 : 0 as Int64)
        }
        try put.bind(3, line.number).bind(7, line.time).bind(8, newSearchRow ?? line.searchRow)
            .execute()
        try database.statement("INSERT OR REPLACE INTO states VALUES(?1, ?2, ?3, ?4)")
            .bind(1, line.place.raw).bind(2, line.state).bind(3, line.history)
            .bind(4, line.view).execute()
        try saveAspects(line)
        try saveRow(line)
    }

    /// Puts what a record's fields read in the place of what they read before.
    private func saveRow(_ line: RecordUpdate) throws(Failure) {
        let record = line.place.raw
        if let before = line.before {
            try database.statement("DELETE FROM elements WHERE record=?1").bind(1, record).execute()
            if before.kind != line.kind {
                let table = SQLNames.table(vocabulary.kinds[before.kind])
                try database.statement("DELETE FROM \(table) WHERE record=?1").bind(1, record)
                    .execute()
            }
        }
        guard let kind = line.kind, let row = line.row else { return }
        let put = try database.statement(tables[kind].insertion).bind(1, record)
            .bind(2, row.disputed)
        for (place, cell) in row.cells.enumerated() { put.bind(Int32(place + 3), cell) }
        try put.execute()
        for element in row.elements {
            try database.statement("INSERT INTO elements VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
                .bind(1, record).bind(2, Int64(element.field)).bind(3, Int64(element.position))
                .bind(4, element.key).bind(5, element.value)
                .bind(6, element.isDisputed ? 1 : 0 as Int64).execute()
        }
    }

    /// Puts the record's conflicts and alias in the place of those before.
    private func saveAspects(_ line: RecordUpdate) throws(Failure) {
        let record = line.place.raw
        if line.before != nil {
            for table in ["toSettle", "aliases"] {
                try database.statement("DELETE FROM \(table) WHERE record=?1").bind(1, record)
                    .execute()
            }
        }
        for (place, conflict) in line.conflicts.enumerated() {
            try database.statement("INSERT OR REPLACE INTO toSettle VALUES(?1, ?2, ?3, ?4)")
                .bind(1, record).bind(2, Int64(place)).bind(3, conflict.isFinding ? 1 : 0 as Int64)
                .bind(4, Int64(conflict.urgency)).execute()
        }
        if let alias = line.alias {
            try database.statement("INSERT OR REPLACE INTO aliases VALUES(?1, ?2)")
                .bind(1, IndexStore.folded(alias)).bind(2, record).execute()
        }
    }

    /// References are compared without regard to the case of ASCII letters.
    static func folded(_ reference: String) -> String {
        String(
            decoding: reference.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
