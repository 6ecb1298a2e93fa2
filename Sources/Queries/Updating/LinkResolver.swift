// SPDX-License-Identifier: MIT
import Basics
import Logs
import Merging
import Projections

/// Finds which entry a link names: the one in the history that the link gives, or else in the one
/// that its author's log was the first to name. What is known stays known: nobody makes what they
/// wrote wait again. What the record of an entry and a link in a
/// body mean is then what counts for that entry: an entry that repeats another stands for it.
struct LinkResolver {
    let table: LogTable
    let rows: [LogRow]
    let bounds: Bounds
    let causality: Causality
    var repeats: RepeatedEntries
    /// Those that say that they repeat another, whether or not they do.
    var namers: Set<EntryRef>
    /// Bases that name what is not held.
    let open: OpenNamings
    /// The first half of the chain value after an entry that is held.
    let chain: (EntryRef) throws(Failure) -> Bytes16?

    /// Nil while it is not known which history is meant, or nothing of it is held. `history` is the
    /// chain value that the link gives, if it does.
    func entry(
        _ id: EntryID, history: Bytes16?, of author: EntryRef
    ) throws(Failure) -> EntryRef? {
        guard id.seq < EntryRef.seqLimit else { return nil }
        if let history { return try entry(id, with: history) }
        guard id.log != table.id(of: author.log) else {
            return table.entry(id.seq, before: author.log)
        }
        var found: (entry: EntryRef, at: UInt64)?
        var isTied = false
        for node in table.nodes(of: id.log) where covers(node, id.seq) {
            let place = EntryRef(node, id.seq)
            let at = firstNaming(of: place, by: author)
            guard at != SeenSteps.never, at <= found?.at ?? at else { continue }
            isTied = at == found?.at
            found = (place, at)
        }
        guard let found, isTied == false,
            open.first(naming: id, by: author, causality) > found.at
        else { return nil }
        return found.entry
    }

    /// The entry in the history with that chain value at it.
    func entry(_ id: EntryID, with history: Bytes16) throws(Failure) -> EntryRef? {
        guard id.seq < EntryRef.seqLimit else { return nil }
        for node in table.nodes(of: id.log) where covers(node, id.seq) {
            let place = EntryRef(node, id.seq)
            if holds(place), try chain(place) == history { return place }
        }
        return nil
    }

    /// The record that an entry is about; nil for none, and while it is not known which.
    func record(of header: EntryHeader, at place: EntryRef) throws(Failure) -> EntryRef? {
        try namedRecord(of: header, at: place).map { repeats.counted($0) }
    }

    /// The entry that an entry names as its record.
    func namedRecord(of header: EntryHeader, at place: EntryRef) throws(Failure) -> EntryRef? {
        switch header.subject {
        case .none: nil
        case .creates: place
        case .own(let seq): table.entry(seq, before: place.log)
        case .other(let id, let history): try entry(id, history: history, of: place)
        }
    }

    /// What a link in a body means. A place that is not held, of a log that has not forked, is
    /// taken to be the one that will come; what is not known otherwise is named as the link says
    /// it. An entry does not wait for what it speaks of.
    func meaning(of link: Link, in author: EntryRef) throws(Failure) -> LinkMeaning {
        let id = link.entry(in: table.id(of: author.log))
        if let place = try entry(id, history: link.chain, of: author) {
            let counted = table.entry(at: repeats.counted(place))
            return namers.contains(place) ? .repeated(counted, place) : .entry(counted)
        }
        let nodes = table.nodes(of: id.log)
        guard nodes.count < 2, id.seq < EntryRef.seqLimit,
            nodes.contains(where: { holds(EntryRef($0, id.seq)) }) == false
        else { return .unknown(EntryID(log: id.log, seq: id.seq, branch: link.chain)) }
        return .assumed(id)
    }

    /// The same by what is in sight elsewhere.
    func asked(of causality: Causality) -> LinkResolver {
        LinkResolver(
            table: table, rows: rows, bounds: bounds, causality: causality, repeats: repeats,
            namers: namers, open: open, chain: chain)
    }

    /// Whether the place of an entry is held.
    func holds(_ entry: EntryRef) -> Bool {
        guard let tip = rows[Int(entry.log.raw)].position?.tip else { return false }
        return entry.seq <= tip.seq && bounds.contains(entry)
    }

    /// From which entry of its author's history on this one was named, or a later one of a history
    /// that it stands in.
    private func firstNaming(of entry: EntryRef, by author: EntryRef) -> UInt64 {
        table.nodes(of: table.id(of: entry.log)).reduce(SeenSteps.never) { first, node in
            guard table.isBefore(entry.log, theNodeOf: EntryRef(node, 1)) else { return first }
            let named = EntryRef(node, entry.seq)
            return min(first, causality.firstNaming(of: named, by: author))
        }
    }

    private func covers(_ node: LogIndex, _ seq: UInt64) -> Bool {
        let row = rows[Int(node.raw)]
        return seq >= row.from && seq <= row.end ?? .max
    }
}

extension LinkResolver {
    /// For those who fold records: what is read is read from the files.
    init(_ context: RecordFolder.FoldingContext, _ chains: ChainReading) {
        self.init(
            table: context.table, rows: context.rows, bounds: context.bounds,
            causality: context.seen.causality, repeats: context.seen.repeats,
            namers: context.namers, open: context.open
        ) { (entry) throws(Failure) in chains.chain(entry) }
    }
}

extension LinkNames {
    /// Names entries as state does. Trouble is for the giver of the chain values to tell.
    convenience init(_ links: LinkResolver) {
        self.init { link, author in
            do throws(Failure) {
                return try links.meaning(of: link, in: author.place)
            } catch {
                return .unknown(link.entry(in: author.log))
            }
        }
    }
}
