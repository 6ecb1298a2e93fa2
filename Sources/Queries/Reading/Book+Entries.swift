// SPDX-License-Identifier: MIT
package import Basics
import Events
package import Logs
package import Merging
package import Projections

/// An entry read for a person.
package struct EntryReport: Sendable {
    package let place: EntryRef
    package let time: HybridTime
    package let type: String
    package let record: EntryRef?
    /// What the body says, by name; nil where the body is absent, is malformed, or there never was
    /// one.
    package let changes: [String: CBORValue]?
    /// Whether it once had a body that is not here, or not as it was.
    package let isBodyAbsent: Bool
    /// Whether other bytes stand in its body's place: they are never shown.
    package let isBodyRotten: Bool
    /// Whether its body is open to the members of a circle alone; it has no changes then.
    package let isSealed: Bool
    /// Whether its device wrote it by itself.
    package let isAutomatic: Bool
    /// What its author had newly taken in.
    package let base: [BaseElement]
    package let aside: SetAside?
    /// Whether it waits for its record or its body.
    package let isWaiting: Bool
    /// The entry that it repeats, and that counts in its place.
    package let again: EntryRef?

    /// Whether what it says is part of its record.
    package var isFolded: Bool { aside == nil && isWaiting == false && again == nil }

    /// Where it stands in its log's file.
    let offset: Int
}

extension Book {
    /// The entries of one record in timeline order.
    package func entries(of record: EntryRef) throws(Failure) -> [EntryReport] {
        guard let row = try store.recordRow(record, logs: rows.count) else { return [] }
        var reports: [EntryReport] = []
        for (log, offset) in row.history.entries {
            guard let source = sources[log] else { continue }
            let report = try report(try source.entry(at: offset), log)
            if bounds.contains(report.place) { reports.append(report) }
        }
        return inOrder(reports)
    }

    /// The entry at a place; nil if it is not held.
    package func entry(_ named: EntryRef) throws(Failure) -> EntryReport? {
        let place = logs.entry(named.seq, before: named.log)
        guard isHeld(place), let source = sources[place.log] else { return nil }
        var found: EntryReport?
        try ChainFinder(store: store, source: source, row: row(place.log)).visit(
            from: place.seq, checksBodies: true
        ) { (entry) throws(Failure) in
            if entry.header.seq == place.seq { found = try report(entry, place.log) }
            return false
        }
        return found
    }

    /// Whether the bytes of a log still hold its last entry and what signs it, whatever the index
    /// remembers of them.
    package func holds(_ position: LogPosition, of log: LogIndex) throws(Failure) -> Bool {
        guard position.tip.seq > 0, let source = sources[log] else { return position.tip.seq == 0 }
        let end = try ChainFinder(store: store, source: source, row: row(log))
            .end(from: position.tip.seq)
        return end?.tip.chain == position.tip.chain && end?.offset == position.offset
    }

    /// The first half of the chain value after an entry; nil if it is not held.
    package func chain(_ named: EntryRef) throws(Failure) -> Bytes16? {
        let place = logs.entry(named.seq, before: named.log)
        return isHeld(place) ? try chains.chain(at: place) : nil
    }

    /// All entries within the bounds in timeline order, of one log or of all. Those of a log whose
    /// device is not let in are held and not read.
    package func timeline(of log: LogIndex? = nil) throws(Failure) -> [EntryReport] {
        var reports: [EntryReport] = []
        for (index, source) in sources
        where (log == nil || log == index) && row(index).admission != nil {
            var last = row(index).from - 1
            try ChainFinder(store: store, source: source, row: row(index)).visit(
                from: 1, checksBodies: true
            ) { (entry) throws(Failure) in
                let place = EntryRef(index, entry.header.seq)
                guard isHeld(place) else { return false }
                last = entry.header.seq
                if bounds.contains(place) { reports.append(try report(entry, index)) }
                return entry.header.seq < bounds.limit(of: index)
            }
            try checkWhole(index, upTo: last)
        }
        return inOrder(reports)
    }

    /// Throws where a log was read further once than it can be read now: what is left out would
    /// look as if it had never been.
    private func checkWhole(_ log: LogIndex, upTo last: UInt64) throws(Failure) {
        let row = row(log)
        let end = min(row.position?.tip.seq ?? 0, row.end ?? .max, bounds.limit(of: log))
        guard last < end, end >= row.from else { return }
        throw Failure(
            .damaged,
            "The log of \(callSign(of: log)) is damaged: entry \(last + 1) and what follows cannot "
                + "be read.",
            advice: "A sync with --thorough, or a merge of any good copy, brings it back.")
    }

    /// Whether the index took an entry in: what stands in a file behind the last seal of another
    /// device's log does not exist.
    private func isHeld(_ place: EntryRef) -> Bool {
        place.seq <= row(place.log).position?.tip.seq ?? 0
    }

    private func inOrder(_ reports: [EntryReport]) -> [EntryReport] {
        let order = TimelineOrder(logs)
        return reports.sorted { order.precedes(($0.time, $0.place), ($1.time, $1.place)) }
    }

    private func report(_ entry: EntryView, _ log: LogIndex) throws(Failure) -> EntryReport {
        let place = EntryRef(log, entry.header.seq)
        let find = try store.database.statement("SELECT reason FROM asides WHERE place=?1")
            .bind(1, place.raw)
        let aside = try find.step() ? SetAside(rawValue: find.text(0)) : nil
        find.reset()
        let wait = try store.database.statement("SELECT 1 FROM heldUp WHERE place=?1")
            .bind(1, place.raw)
        let isWaiting = try wait.step()
        wait.reset()
        let isStranded = try store.isStranded(place)
        return EntryReport(
            place: place, time: entry.header.time, type: entry.header.type,
            record: try links.record(of: entry.header, at: place),
            changes: Book.changes(entry),
            isBodyAbsent: entry.isBodyAbsent, isBodyRotten: entry.isBodyRotten,
            isSealed: entry.isSealed, isAutomatic: LogReading.isAutomatic(entry.header),
            base: entry.header.base, aside: aside, isWaiting: isWaiting || isStranded,
            again: seen.repeats.originals[place], offset: entry.offset)
    }

    /// Nil where there is none, and for a body that is no map of names: its entry is set aside as
    /// malformed.
    private static func changes(_ entry: EntryView) -> [String: CBORValue]? {
        guard case .map(let pairs)? = entry.said else { return nil }
        var changes: [String: CBORValue] = [:]
        for (key, value) in pairs {
            if case .text(let name) = key { changes[name] = value }
        }
        return changes
    }
}
