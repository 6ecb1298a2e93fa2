// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections
import Queries
import Replicas
import Simulation
import Syncing
import Testing

/// What a coordinator does with a device's own keys and no program of ours.
extension Circle {
    /// A circle of `k`, the staff `a` and `b`, and the coordinator `c`.
    static func withCoordinator() throws -> Circle {
        let circle = try Circle("a", "b")
        try circle.join("c")
        try circle.enrol("c", as: .coordinator)
        try circle.sync("c")
        try circle.meet()
        return circle
    }

    static func key(_ number: UInt64) -> EpochKey {
        EpochKey(
            Bytes32(first: Bytes16(high: number, low: 2), second: Bytes16(high: 3, low: 4)))
    }

    /// `author` opens an epoch whose key some can open, and others were given noise for.
    @discardableResult
    func open(
        _ key: EpochKey, by author: String, for good: [String], noise: [String] = [],
        after: [EntryRef]? = nil, isAlone: Bool = true
    ) throws -> EntryRef {
        let epochs = try (after ?? self[author].book.roster.epochs.map(\.place)).map {
            try pinned($0, by: author)
        }
        let seals = try good.map { name in
            try #require(
                SealedKey(
                    key, to: self[name].device.box.publicKey, by: self[author].device.signing))
        }
        let nothings = try noise.map { name in
            let sealed = [UInt8](repeating: 7, count: 80)
            let box = self[name].device.box.publicKey
            return try #require(SealedKey(.array([.bytes(box.array), .bytes(sealed)])))
        }
        clock.advance(by: 60_000)
        let opening = EpochOpening(key.id, after: epochs, keys: nothings + seals)
        let beside = isAlone ? [] : [Event(EventName.received, .none, nil)]
        return try #require(
            try self[author].record(beside + [RosterEvent.epochOpened(opening).event]).places.last)
    }

    /// What others name an entry by, as `author` holds it.
    func pinned(_ place: EntryRef, by author: String) throws -> PinnedEntry {
        let book = self[author].book
        return PinnedEntry(
            log: book.logs.id(of: place.log), seq: place.seq,
            chain: try #require(try book.chain(place)))
    }

    /// Signs what `author` recorded, and leaves what the exchange lacks of it under a key of their
    /// choice.
    func leave(_ author: String, under key: EpochKey) throws {
        try seal(author)
        let replica = self[author]
        let exchange = try Exchange(opening: Circle.exchange, of: replica.partnership, files: files)
        let log = try replica.ownLog
        let path = replica.paths.log(log.id)
        let held = try HeldLog(
            scanning: FileView(copying: try #require(files.bytesByPath[path])),
            name: HeldLog.name(of: log.id), isOwn: true)
        let keys = replica.device.epochs.map(\.key) + (1...9).map { Circle.key($0) }
        let memory = try Collector(keys: KeyRing(keys)).collect(
            from: exchange, holding: [held], knowing: SegmentMemory()
        ).memory
        let published = Publisher(
            exchange, keys: SliceKeys(key, known: Set(keys.map(\.id)))
        ).publish([held], knowing: memory)
        #expect(published.files.isEmpty == false)
    }
}
