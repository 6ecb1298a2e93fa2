// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging

/// The first halves of chain values, by place. Whoever asks for one mostly asks for those about it
/// too, and a batch is read from its beginning for any of its entries.
final class NearbyChains {
    private let store: IndexStore
    private let rows: [LogRow]
    private let sources: [LogIndex: LogSource]
    private var read: [EntryRef: Bytes16] = [:]

    private static let readAtOnce: UInt64 = 512
    /// However many are asked for, so many are remembered.
    private static let limit = 65_536

    init(_ store: IndexStore, _ rows: [LogRow], _ sources: [LogIndex: LogSource]) {
        self.store = store
        self.rows = rows
        self.sources = sources
    }

    /// Nil if the log does not reach it.
    func chain(at place: EntryRef) throws(Failure) -> Bytes16? {
        if let known = read[place] { return known }
        guard let source = sources[place.log] else { return nil }
        let row = rows[Int(place.log.raw)]
        if let mark = try store.mark(before: place.seq, of: place.log), mark.seq == place.seq {
            return mark.chain.first
        }
        if read.count > NearbyChains.limit { read = [:] }
        let half = NearbyChains.readAtOnce / 2
        let first = place.seq > half ? place.seq - half : 1
        let finder = ChainFinder(store: store, source: source, row: row)
        try finder.visit(from: first) { entry in
            read[EntryRef(place.log, entry.header.seq)] = entry.chain.first
            return entry.header.seq < first + NearbyChains.readAtOnce
        }
        // Damage before it hides nothing that a mark behind that leads to.
        if let known = read[place] { return known }
        return try finder.chain(at: place.seq)
    }
}
