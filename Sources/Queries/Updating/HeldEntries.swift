// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging

/// Entries that are held, by their places. Whoever asks for one mostly asks for those about it too:
/// for what comes next, or for what it names.
final class HeldEntries {
    private let store: IndexStore
    private let rows: [LogRow]
    private let sources: [LogIndex: LogSource]
    private let bounds: Bounds
    private var read: [EntryRef: EntryView] = [:]

    private static let readAtOnce: UInt64 = 512

    init(
        _ store: IndexStore, _ rows: [LogRow], _ sources: [LogIndex: LogSource], _ bounds: Bounds
    ) {
        self.store = store
        self.rows = rows
        self.sources = sources
        self.bounds = bounds
    }

    /// The entry at a place, its body unchecked; nil if it is not held.
    func entry(at place: EntryRef) throws(Failure) -> EntryView? {
        let row = rows[Int(place.log.raw)]
        guard place.seq >= row.from, place.seq <= row.end ?? .max,
            place.seq <= row.position?.tip.seq ?? 0, bounds.contains(place),
            let source = sources[place.log]
        else { return nil }
        if let known = read[place] { return known }
        let half = HeldEntries.readAtOnce / 2
        let first = place.seq > half ? place.seq - half : 1
        try ChainFinder(store: store, source: source, row: row).visit(from: first) { entry in
            read[EntryRef(place.log, entry.header.seq)] = entry
            return entry.header.seq < first + HeldEntries.readAtOnce
        }
        return read[place]
    }
}
