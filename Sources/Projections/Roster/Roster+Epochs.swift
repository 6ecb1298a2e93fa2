// SPDX-License-Identifier: MIT
package import Basics
package import Merging

extension Roster {
    /// The first epoch of the founding log, whose key everyone is given who is let in.
    package struct FoundingEpoch: Hashable, Sendable {
        /// The id of its key.
        package let id: Bytes16
        /// The entry that opened it.
        package let place: EntryRef

        package init(id: Bytes16, place: EntryRef) {
            self.id = id
            self.place = place
        }
    }

    /// A time during which one key of the partnership encrypts what is published.
    package struct Epoch: Hashable, Sendable {
        /// The id of its key.
        package let id: Bytes16
        package let time: HybridTime
        /// The entry that opened it.
        package let place: EntryRef
        /// The entries that opened the epochs which it follows.
        package let after: [EntryRef]
        /// The devices whose access had ended when it was opened.
        package let without: Set<DeviceKey>
        /// The entries that brought its key to others later.
        package let shares: [EntryRef]
        /// Whether it may be written with: its author's access has not ended, it leaves out
        /// everyone whose has, and every lead has its key.
        package let isFit: Bool
        /// Whether every lead has its key, so that what goes under it is hidden from none of them.
        package let isForLeads: Bool
        /// The box keys that its key has to be sealed to yet.
        package let lacking: [Bytes32]

        package init(
            id: Bytes16, time: HybridTime, place: EntryRef, after: [EntryRef],
            without: Set<DeviceKey>, shares: [EntryRef], isFit: Bool, isForLeads: Bool,
            lacking: [Bytes32]
        ) {
            self.id = id
            self.time = time
            self.place = place
            self.after = after
            self.without = without
            self.shares = shares
            self.isFit = isFit
            self.isForLeads = isForLeads
            self.lacking = lacking
        }
    }

    /// The epoch to write with: of those that are fit the one that follows the others, then the one
    /// with the lowest id. Nil where none is fit, so that a coordinator has to open one.
    package var writingEpoch: Epoch? { newestEpochs(of: epochs.filter(\.isFit)).first }

    /// Those that no other one of them follows, however far before; by id.
    package func newestEpochs(of some: [Epoch]) -> [Epoch] {
        let all = Dictionary(epochs.map { ($0.place, $0.after) }, uniquingKeysWith: { $1 })
        var followed: Set<EntryRef> = []
        var next = some.flatMap(\.after)
        while let place = next.popLast() {
            if followed.insert(place).inserted { next += all[place] ?? [] }
        }
        return some.filter { followed.contains($0.place) == false }.sorted { $0.id < $1.id }
    }
}
