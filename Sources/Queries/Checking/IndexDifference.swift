// SPDX-License-Identifier: MIT
package import Basics

/// Something that the index says otherwise than the logs do.
package struct IndexDifference: Hashable, Sendable {
    /// What it is said of.
    package enum Subject: Hashable, Sendable {
        case record(EntryID)
        case entry(EntryID)
        case log(LogID)
        case book
    }

    /// In what way the two differ.
    package enum Way: Hashable, Sendable {
        /// The logs say it, and the index does not.
        case lacking
        /// The index says it, and nothing in the logs does.
        case extra
        /// Both say something, and not the same of these.
        case unlike([String])
        /// The rows are there and are not found where SQLite looks for them.
        case disordered
    }

    package let subject: Subject
    /// The table of the index.
    package let table: String
    package let way: Way
}

/// What a comparison of the index with the logs came to.
package enum IndexVerdict: Hashable, Sendable {
    /// Every row of the index is what a fold from nothing gives.
    case same(rows: Int)
    /// The first differences, and how many there are.
    case different([IndexDifference], count: Int)
    /// A log is damaged: the index may have read what cannot be read again.
    case notCompared
}
