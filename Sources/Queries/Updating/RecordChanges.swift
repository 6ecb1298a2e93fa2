// SPDX-License-Identifier: MIT
import Merging
import Projections

/// What new entries did to records: all that is to be written of it, and nothing written yet.
struct RecordChanges {
    /// A record as it is from now on.
    struct Record {
        let line: RecordUpdate
        /// The new row of its own words, counted from the first one of `words`; nil if they are as
        /// they were.
        let ownRow: Int?
    }

    /// An entry that is held and not folded.
    struct Waiting {
        let entry: EntryRef
        let need: String
        let about: EntryRef
    }

    var records: [Record] = []
    /// Records whose creation has come: their entries no longer wait for it.
    var arrived: [EntryRef] = []
    var waiting: [Waiting] = []
    /// Links in folded entries to places that are not held or not known.
    var assumed: [AssumedLink] = []
    /// Links in folded entries to entries that say they repeat another, and whose records have
    /// them.
    var repeatLinks: [(entry: EntryRef, record: EntryRef)] = []
    var asides: [(entry: EntryRef, reason: SetAside)] = []
    var words = SearchWords()
    /// Folded entries of which this vocabulary does not know all.
    var unread: [(entry: EntryRef, why: Unread)] = []
}
