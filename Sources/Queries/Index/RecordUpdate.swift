// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections

/// What the index is to say of a record from now on, with all that lists and look-ups need.
struct RecordUpdate {
    let place: EntryRef
    /// Nil while the record's kind is not known; all but its entries is empty then.
    let kind: Int?
    let number: UInt64
    let time: HybridTime
    let state: [UInt8]
    let history: [UInt8]
    /// The canonical bytes.
    private(set) var view: [UInt8] = []
    /// Where the search has its own words, unless they are new; 0 for nowhere.
    let searchRow: UInt64
    private(set) var title = ""
    private(set) var status = ""
    private(set) var isOpen = true
    /// The kind that the index has it as, and whether as open; nil for none.
    let before: (kind: Int, isOpen: Bool)?
    /// In the order in which the record has them.
    private(set) var conflicts: [(isFinding: Bool, urgency: Int)] = []
    private(set) var alias: String?
    /// Nil while the record's kind is not known.
    private(set) var row: RecordRow?

    init(_ row: StoredRecord, was known: StoredRecord?) {
        place = row.place
        kind = row.kind
        number = row.number
        time = row.state.latest
        state = row.state.packed
        history = row.history.packed
        searchRow = row.searchRow
        before = known.flatMap { known in known.kind.map { ($0, known.wasOpen) } }
    }

    mutating func take(_ record: RecordView, canonical: [UInt8], in table: KindTable) {
        view = canonical
        row = RecordRow(record, table.columns)
        title = record.title
        status = record.status
        isOpen = record.isOpen
        conflicts = record.conflicts.map { ($0.finding != nil, $0.urgency) }
        alias = record.kind.alias.flatMap { record.field($0)?.shown.text }
    }
}
