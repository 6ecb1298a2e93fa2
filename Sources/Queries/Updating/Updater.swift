// SPDX-License-Identifier: MIT
package import Basics
import Events
import Logs
package import Merging
import Projections

/// Brings the index up to what the logs hold: new entries are read once, and only the records that
/// they touch are worked out again. Filling an empty index is the same work on more entries.
package final class Updater {
    let store: IndexStore
    private let partnership: PartnershipID
    let bounds: Bounds
    let isSearchKept: Bool
    private let fillsFrom: Int
    private(set) var table = LogTable()
    private(set) var rows: [LogRow] = []
    private(set) var sources: [LogIndex: LogSource] = [:]
    var reading = LogReading()
    var summary = UpdateSummary()
    /// Whether others are admitted than when the index was last written.
    private(set) var hasOtherRoster = false

    /// `bounds` less than everything makes a view of the past; it may leave the search out. From
    /// `fillsFrom` bytes of logs on, an index that lacks most of them is filled anew.
    package init(
        _ store: IndexStore, partnership: PartnershipID, bounds: Bounds = .everything,
        isSearchKept: Bool = true, fillsFrom: Int = 8 << 20
    ) {
        self.store = store
        self.partnership = partnership
        self.bounds = bounds
        self.isSearchKept = isSearchKept
        self.fillsFrom = fillsFrom
    }

    /// Whether any log holds more than the index has read.
    package static func isBehind(_ rows: [LogRow], _ sources: [LogSource]) -> Bool {
        var sizes: [Histories.Key: Int] = [:]
        var spare: [Histories.Key: Int] = [:]
        for row in rows {
            for (file, size) in row.spareFiles { spare[Histories.Key(row.id, file)] = size }
            guard row.end == nil else { continue }
            sizes[Histories.Key(row)] = row.position == nil ? nil : row.sizeRead
        }
        // Of a log with more histories than count none is read to its end, and no entry more brings
        // one back: only a file less does.
        let ended = Set(rows.map(\.id)).subtracting(sizes.keys.map(\.log))
        let counts = Dictionary(
            sources.filter { ended.contains($0.identity.id) }.map { ($0.identity.id, 1) },
            uniquingKeysWith: +)
        return sources.contains { source in
            if let count = counts[source.identity.id] { return count <= HistoryTree.limit }
            let key = Histories.Key(source)
            return (sizes[key] ?? spare[key]) != source.size
        }
    }

    /// Takes in what is new, as one transaction. `sources` are all logs that are held.
    package func update(_ sources: [LogSource]) throws(Failure) -> UpdateSummary {
        func updated() throws(Failure) -> UpdateSummary {
            try store.transaction { () throws(Failure) in try run(sources) }
        }
        let known = try store.logRows().reduce(0) { $0 + ($1.position?.offset ?? 0) }
        let all = sources.reduce(0) { $0 + $1.size }
        let isMostNew = all >= fillsFrom && known < all / 2
        guard known == 0 || isMostNew else { return try updated() }
        // To fill an index takes half of what it takes to add as much to one.
        if known > 0 {
            summary.isRebuilt = true
            try store.transaction { () throws(Failure) in try store.clear(keepsSegments: true) }
        }
        return try store.database.filling(updated)
    }

    /// Forgets the index, and what was noted of exchange files unless that stays, and fills it
    /// anew. Ended in between, it leaves an empty index, which the
    /// next update fills.
    package func rebuild(
        _ sources: [LogSource], keepsSegments: Bool = false
    ) throws(Failure) -> UpdateSummary {
        try store.transaction { () throws(Failure) in
            try store.clear(keepsSegments: keepsSegments)
        }
        summary.isRebuilt = true
        return try update(sources)
    }

    private func run(_ sources: [LogSource]) throws(Failure) -> UpdateSummary {
        load()
        rows = try store.logRows()
        table = LogTable(rows)
        guard try arrange(sources), try isCarriedOn() else { return try startOver(sources) }
        let isFilling = rows.allSatisfy { $0.position == nil }
        let before = rows.map { $0.position?.tip.seq ?? 0 }
        try read()
        let sight = Causality(table) { [store] (log, about) throws(Failure) in
            try store.lines(of: log, about: about)
        }
        let claims = ClaimCheck(
            store: store, rows: rows, logs: table, sources: self.sources, reading: reading,
            bounds: bounds)
        let late = try claims.check(into: sight)
        try saveNotes()
        guard try admit(sight, claims, before: before, hasLateClaims: late.isEmpty == false) else {
            return try startOver(sources)
        }
        for row in rows { try store.save(row) }
        guard try take(sight, claims, late, before: before, isFilling) else {
            return try startOver(sources)
        }
        // What could not be fetched was taken for nothing in sight: then none of this is written.
        try sight.check()
        try store.database.run(Schema.indices)
        summary.read = reading.counts
        summary.troubles = reading.troubles.map { ($0.log, $0.offset, $0.error) }
        return summary
    }

    /// Saves what the index keeps of new entries besides records.
    private func saveNotes() throws(Failure) {
        for entry in reading.roster { try store.addRosterEntry(entry.place, at: entry.offset) }
        for item in reading.unread { try store.note(item.entry, unread: item.why) }
        for (log, mark) in reading.marks { try store.save(mark, of: log) }
    }

    /// Whether what is new of each log follows what was read of it. It does not in a file that was
    /// written anew, whose new reader was stopped before it came here.
    private func isCarriedOn() throws(Failure) -> Bool {
        for (index, source) in sources {
            let row = rows[Int(index.raw)]
            guard let position = row.position, row.sizeRead != source.size,
                row.isComplete == false
            else { continue }
            guard try source.continues(after: position) else { return false }
        }
        return true
    }

    private func read() throws(Failure) {
        var grown: [(source: LogSource, row: LogRow)] = []
        for (index, source) in sources {
            let row = rows[Int(index.raw)]
            guard row.sizeRead != source.size, row.isComplete == false else { continue }
            grown.append((source, row))
            // Nodes of one log may be read from one file at a time.
            _ = try source.view()
        }
        // The entries then come in the order of their places.
        grown.sort { $0.row.index.raw < $1.row.index.raw }
        let (reading, read) = try LogReading.all(grown, table, bounds: bounds)
        self.reading = reading
        for row in read { rows[Int(row.index.raw)] = row }
    }

    private func load() {
        reading = LogReading()
        hasOtherRoster = false
        sources = [:]
    }

    /// Gives every node a number and the file that it is read from. False if a log has split since,
    /// or a history of it is gone: then what was read of it stands in other nodes.
    private func arrange(_ sources: [LogSource]) throws(Failure) -> Bool {
        let histories = try Histories(sources)
        for (id, nodes) in histories.nodes {
            let known = table.nodes(of: id)
            defer {
                if let first = table.nodes(of: id).first {
                    rows[Int(first.raw)].spareFiles = histories.spareFiles[id] ?? [:]
                }
            }
            if known.isEmpty {
                for node in nodes { add(node, of: id, numbers: table.nodes(of: id)) }
            } else {
                guard histories.agree(id, known.map { rows[Int($0.raw)] }) else { return false }
            }
            for (index, node) in zip(table.nodes(of: id), nodes) {
                rows[Int(index.raw)].file = node.source.name
                self.sources[index] = node.source
            }
        }
        return true
    }

    private func add(_ node: HistoryTree.Node, of id: LogID, numbers: [LogIndex]) {
        let branch = node.branch(numbers)
        let index = table.add(id, branch: branch)
        rows.append(LogRow(index: index, id: id, branch: branch, end: node.end))
    }

    /// An access ended, or a role changed: what was folded may have to be taken back.
    private func startOver(_ sources: [LogSource]) throws(Failure) -> UpdateSummary {
        try store.clear(keepsSegments: true)
        summary = UpdateSummary()
        summary.isRebuilt = true
        return try run(sources)
    }
}

extension Updater {
    /// Works out the roster if anything about it is new. False if what was admitted shrank.
    private func admit(
        _ seen: Causality, _ claims: ClaimCheck, before: [UInt64], hasLateClaims: Bool
    ) throws(Failure) -> Bool {
        let hasNewLog = rows.indices.contains { index in
            rows[index].identity != nil && (index >= before.count || before[index] == 0)
        }
        // A base that counts only now may be that of a reinstatement; an enrolment may hold from
        // where it was in sight, or up to a day.
        let hasGrown = reading.counts.isEmpty == false
        let looksAhead = hasGrown ? try store.rosterLooksAhead() : false
        guard reading.roster.isEmpty == false || hasNewLog || hasLateClaims || looksAhead else {
            try checkPins(claims)
            try dropUnadmitted()
            return true
        }
        let roster = try workOutRoster(seen)
        try store.save(roster)
        let unheardNames = unheardNames(roster)
        for index in rows.indices {
            let was = rows[index].admission
            let new = roster.admissions[LogIndex(UInt32(index))] ?? unheard(index, roster)
            let known = index < before.count ? before[index] : 0
            guard was.map({ was in new.map { was.isSame(as: $0, upTo: known) } ?? false }) ?? true
            else { return false }
            if new != was { hasOtherRoster = true }
            rows[index].admission = new
            rows[index].name =
                roster.names[LogIndex(UInt32(index))] ?? unheardNames[LogIndex(UInt32(index))]
            if was == nil, new != nil, index < before.count, before[index] > 0 {
                try takeFromStart(LogIndex(UInt32(index)), upTo: before[index])
            }
        }
        try checkPins(claims)
        try dropUnadmitted()
        return true
    }

    /// A device that was not let in yet reads what it recorded itself: nothing else can be read
    /// there.
    private func unheard(_ index: Int, _ roster: Roster) -> Admission? {
        // Of a log that has parted the first node may be read from another file.
        let id = rows[index].id
        guard roster.devices.isEmpty,
            sources.values.contains(where: { $0.isOwn && $0.identity.id == id })
        else { return nil }
        return Admission(
            spans: [Admission.Span(from: 1, role: .field, by: nil)], limit: .max)
    }

    private func unheardNames(_ roster: Roster) -> [LogIndex: LogName] {
        let own = rows.filter { unheard(Int($0.index.raw), roster) != nil }
        return LogNames.unheard(
            own.compactMap { row in
                row.identity.map { LogNames.Unheard(row.index, $0, branch: row.branch?.first) }
            })
    }

    private func workOutRoster(_ seen: Causality) throws(Failure) -> Roster {
        try RosterReading(store: store, rows: rows, sources: sources, logs: table)
            .roster(of: partnership, seen, within: bounds)
    }

    /// Entries of devices that are not enrolled stay in their logs and wait.
    private func dropUnadmitted() throws(Failure) {
        let waiting = rows.contains { $0.position != nil && $0.admission == nil }
        guard waiting else { return }
        func isUnadmitted(_ entry: EntryRef) -> Bool { rows[Int(entry.log.raw)].admission == nil }
        reading.fresh.removeAll { isUnadmitted(EntryRef(raw: $0.place)) }
        reading.stranded.removeAll { isUnadmitted($0.place) }
    }

    /// The entries of a log that was read before its device was enrolled.
    private func takeFromStart(_ log: LogIndex, upTo seq: UInt64) throws(Failure) {
        guard let source = sources[log] else { return }
        var again = LogReading()
        var row = rows[Int(log.raw)].unread
        try again.read(
            source, &row, table,
            bounds: Bounds(
                limits: [log: min(seq, bounds.limit(of: log))], otherwise: 0, holes: bounds.holes))
        reading.joinFresh(of: again)
    }
}
