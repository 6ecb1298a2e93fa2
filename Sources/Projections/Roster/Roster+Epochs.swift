// SPDX-License-Identifier: MIT
package import Basics
package import Merging

extension Roster {
    /// A time during which one key of the partnership encrypts what is published.
    package struct Epoch: Hashable, Sendable {
        /// The id of its key.
        package let id: Bytes16
        package let time: HybridTime
        /// The entry that opened it.
        package let place: EntryRef
        /// The entries that opened the epochs which it follows.
        package let after: [EntryRef]
        /// The entries that brought its author a key which did not open.
        package let unread: [EntryRef]
        /// The devices whose access had ended when it was opened.
        package let without: Set<DeviceKey>
        /// The entries that brought its key to others later.
        package let shares: [EntryRef]
        /// Whether it may be written with: its author's access has not ended, it leaves out
        /// everyone whose has, and every lead has its key.
        package let isFit: Bool
        /// The box keys that its key has to be sealed to yet.
        package let lacking: [Bytes32]

        package init(
            id: Bytes16, time: HybridTime, place: EntryRef, after: [EntryRef],
            unread: [EntryRef], without: Set<DeviceKey>, shares: [EntryRef], isFit: Bool,
            lacking: [Bytes32]
        ) {
            self.id = id
            self.time = time
            self.place = place
            self.after = after
            self.unread = unread
            self.without = without
            self.shares = shares
            self.isFit = isFit
            self.lacking = lacking
        }

        /// The entries that bring its key, and which whoever lacks it has to be able to read.
        package var keyEntries: [EntryRef] { after.isEmpty ? shares : [place] + shares }
    }

    /// The epoch to write with: of those that are fit the one that follows the others, then the one
    /// with the lowest id. Nil where none is fit, so that a coordinator has to open one.
    package var writingEpoch: Epoch? { newestEpochs(of: epochs.filter(\.isFit)).first }

    /// Of each epoch the one under whose key the entries go that bring its own: of those that it
    /// follows, and that opened for its author, the one with the lowest id; itself if it follows
    /// none.
    package var carriers: [(epoch: Epoch, carrier: Epoch)] {
        let byPlace = Dictionary(epochs.map { ($0.place, $0) }, uniquingKeysWith: { $1 })
        return epochs.map { ($0, carrier(of: $0, byPlace)) }
    }

    private func carrier(of epoch: Epoch, _ byPlace: [EntryRef: Epoch]) -> Epoch {
        var (next, passed) = (Set(epoch.after), Set<EntryRef>())
        while next.isEmpty == false {
            let followed = next.compactMap { byPlace[$0] }
            let open = followed.filter { epoch.unread.contains($0.place) == false }
            if let first = open.min(by: { $0.id < $1.id }) { return first }
            passed.formUnion(next)
            next = Set(followed.flatMap(\.after)).subtracting(passed)
        }
        return epoch
    }

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
