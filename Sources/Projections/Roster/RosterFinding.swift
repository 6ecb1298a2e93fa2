// SPDX-License-Identifier: MIT
package import Basics
package import Merging

/// Something about the roster that those who made it should know. Everyone who holds the same
/// entries says the same.
package struct RosterFinding: Hashable, Sendable {
    package enum Matter: String, Hashable, Sendable, CaseIterable {
        /// One device was enrolled by several entries of which none replaces another.
        case enrolledTwice = "enrolled-twice"
        /// A device was given less by another author than who had let it in, of the same rank.
        case lessened
        /// An act about a device whose rank is not below its author's, which changes nothing.
        case notBelow = "not-below"
        /// Devices that were given one call sign: the lowest key stands for them.
        case callSignShared = "call-sign-shared"
        /// A device has more logs than count: what stands in the others is read by nobody.
        case tooManyLogs = "too-many-logs"
        /// One set of recovery words was used more than once, by people who could not see each
        /// other: the key is that of the words.
        case wordsUsedApart = "recovery-words-used-apart"
    }

    package let matter: Matter
    /// The device that it is about.
    package let key: DeviceKey
    /// In canonical order.
    package let entries: [EntryRef]

    package init(_ matter: Matter, _ key: DeviceKey, _ entries: [EntryRef]) {
        self.matter = matter
        self.key = key
        self.entries = entries
    }
}
