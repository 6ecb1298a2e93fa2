// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Has new entries folded into the records that they are about, and what changed written.
final class RecordUpdater {
    private let ground: RecordFolder.FoldingContext
    private let writer: RecordWriter
    private(set) var touched = 0

    /// About so many entries are folded by one core before what they did is written.
    private static let entriesInChunk = 16_384

    init(_ ground: RecordFolder.FoldingContext, isSearchKept: Bool) {
        self.ground = ground
        writer = RecordWriter(store: ground.store, isSearchKept: isSearchKept)
    }

    func update(
        _ fresh: consuming [LogReading.Fresh], reconsidering others: [EntryRef]
    ) throws(Failure) {
        var sorted = fresh
        sorted.sort(byRadixOf: \.place)
        sorted.sort(byRadixOf: \.record)
        if ground.isFilling { try fill(sorted) } else { try add(sorted, others) }
        touched = writer.written
        try writer.finish()
        try writer.giveUpWaiting(ground.rows, within: ground.bounds)
    }

    private func add(_ fresh: [LogReading.Fresh], _ others: [EntryRef]) throws(Failure) {
        let folder = RecordFolder(ground)
        try folder.fold(fresh[...])
        let done = others.isEmpty ? [] : Set(fresh.map(\.record))
        for place in others where done.contains(place.raw) == false {
            try folder.reconsider(place)
        }
        try writer.write(folder.takeChanges())
    }

    /// Two cores fold chunks, and write what was folded in the order of the records: the folding
    /// looks nothing up in the index.
    private func fill(_ fresh: [LogReading.Fresh]) throws(Failure) {
        // Fetched now, since the index is not to be asked while it is written.
        for index in ground.table.indices { _ = ground.seen.causality.steps(of: index) }
        try ground.seen.causality.check()
        for source in ground.sources { _ = try source?.view() }
        try ground.store.database.run(Schema.beforeFilling)
        let folders = [RecordFolder(ground), RecordFolder(ground)]
        let chunks = RecordUpdater.chunks(fresh)
        var failure: Failure?
        Parallel.inOrder(chunks.count) { worker, place -> Result<RecordChanges, Failure> in
            do throws(Failure) {
                try folders[worker].fold(fresh[chunks[place]])
                return .success(folders[worker].takeChanges())
            } catch {
                return .failure(error)
            }
        } take: { [writer] result in
            do throws(Failure) {
                try writer.write(try result.get())
            } catch {
                failure = error
            }
            return failure == nil
        }
        if let failure { throw failure }
        try ground.store.database.run(Schema.afterFilling)
    }

    /// Cuts the entries into chunks that have all entries of a record each.
    private static func chunks(_ fresh: [LogReading.Fresh]) -> [Range<Int>] {
        var chunks: [Range<Int>] = []
        var start = 0
        while start < fresh.count {
            var end = min(start + entriesInChunk, fresh.count)
            while end < fresh.count, fresh[end].record == fresh[end - 1].record { end += 1 }
            chunks.append(start..<end)
            start = end
        }
        return chunks
    }
}
