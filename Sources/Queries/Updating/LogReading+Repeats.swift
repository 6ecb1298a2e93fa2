// SPDX-License-Identifier: MIT
import Basics
import Merging

extension LogReading {
    /// An entry about a record that says which one of its device it repeats.
    struct Repeat {
        let entry: EntryRef
        let offset: Int
        let named: PinnedEntry
    }
}
