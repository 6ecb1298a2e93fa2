// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Has new entries folded into the records that they are about, and what changed written.
final class RecordUpdater {
    private let ground: RecordFolder.Ground
    private let bounds: Bounds
    private let writer: RecordWriter
    private(set) var touched = 0

    /// About so many entries are folded by one core before what they did is written.
    private static let entriesInChunk = 32_768

    init(_ ground: RecordFolder.Ground, bounds: Bounds, isSearchKept: Bool) {
        self.ground = ground
        self.bounds = bounds
        writer = RecordWriter(store: ground.store, isSearchKept: isSearchKept)
    }

    func update(
        _ fresh: consuming [LogReading.Fresh], reconsidering others: [Place]
    ) throws(Failure) {
        let sorted = fresh.sorted(byRadixOf: \.place).sorted(byRadixOf: \.record)
        if ground.isFilling { try fill(sorted) } else { try add(sorted, others) }
        touched = writer.written
        try writer.finish()
        try writer.giveUpWaiting(ground.rows, within: bounds)
    }

    private func add(_ fresh: [LogReading.Fresh], _ others: [Place]) throws(Failure) {
        let folder = RecordFolder(ground)
        try folder.fold(fresh[...])
        let done = others.isEmpty ? [] : Set(fresh.map(\.record))
        for place in others where done.contains(place.raw) == false {
            try folder.reconsider(place)
        }
        try writer.write(folder.takeChanges())
    }

    /// Two chunks are folded while what the chunks before did is written: the folding looks nothing
    /// up in the index.
    private func fill(_ fresh: [LogReading.Fresh]) throws(Failure) {
        // Fetched now, since the index is not to be asked while it is written.
        for index in ground.table.indices { _ = ground.seen.lines(of: index) }
        for source in ground.sources { _ = try source?.view() }
        try ground.store.database.run(Schema.beforeFilling)
        let folders = [RecordFolder(ground), RecordFolder(ground)]
        var rest = fresh[...]
        var done: [RecordChanges] = []
        while rest.isEmpty == false {
            let chunks = [RecordUpdater.chunk(&rest), RecordUpdater.chunk(&rest)]
            let failures = Parallel.map(3) { place -> Failure? in
                do throws(Failure) {
                    guard place == 2 else {
                        try folders[place].fold(chunks[place])
                        return nil
                    }
                    for changes in done { try writer.write(changes) }
                    return nil
                } catch {
                    return error
                }
            }
            if let failure = failures.lazy.compactMap(\.self).first { throw failure }
            done = folders.map { $0.takeChanges() }
        }
        for changes in done { try writer.write(changes) }
        try writer.writeWords()
        try ground.store.database.run(Schema.afterFilling)
    }

    /// Takes off a chunk, with all entries of its last record.
    private static func chunk(
        _ rest: inout ArraySlice<LogReading.Fresh>
    ) -> ArraySlice<LogReading.Fresh> {
        var end = min(rest.startIndex + entriesInChunk, rest.endIndex)
        while end > rest.startIndex, end < rest.endIndex, rest[end].record == rest[end - 1].record {
            end += 1
        }
        defer { rest = rest[end...] }
        return rest[..<end]
    }
}
