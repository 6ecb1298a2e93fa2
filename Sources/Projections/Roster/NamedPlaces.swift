// SPDX-License-Identifier: MIT
package import Basics
package import Merging

/// What is held of the entries that acts on the roster name with their histories.
package struct NamedPlaces: Sendable {
    /// Where those stand that are held.
    package var held: [PinnedEntry: EntryRef] = [:]
    /// The last seq that is held of each node.
    package var lastSeqs: [LogIndex: UInt64] = [:]

    package init() {}
}
