// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Whether of two entries of one device one says the same as the other, so that it may repeat it.
///
/// What they say names other entries, and these name others: whether those are alike is found
/// first. An entry names only what stands before it in its log, so that this ends.
final class RepeatLikeness {
    /// What entries that are alike have in common beside their links.
    struct Outline: Hashable {
        fileprivate let key: DeviceKey?
        fileprivate let type: EntryType
        fileprivate let makesRecord: Bool
        /// What is said, with one link in the place of all, without the name of what is repeated.
        fileprivate let words: CBORValue
    }

    /// What an entry says, as far as it is compared.
    private struct Act {
        let outline: Outline
        /// Its record, unless it makes one, and then the links that it says, in the order of names.
        let links: [Link]
        let again: PinnedEntry?
        let chain: Bytes16
    }

    /// An entry that a link names; the place of one of the link's own log.
    private struct Named {
        let id: PinnedEntryName
        let place: EntryRef?
    }

    private struct PinnedEntryName: Hashable {
        let log: LogID
        let seq: UInt64
        let chain: Bytes16?
    }

    private struct Pair: Hashable {
        let entry: EntryRef
        let other: EntryRef
    }

    private let rows: [LogRow]
    private let table: LogTable
    private let causality: Causality
    private let view: (EntryRef) throws(Failure) -> EntryView?
    private var acts: [EntryRef: Act?] = [:]
    private var known: [Pair: Bool] = [:]

    /// `view` gives an entry that is held.
    init(
        _ rows: [LogRow], _ table: LogTable, _ causality: Causality,
        view: @escaping (EntryRef) throws(Failure) -> EntryView?
    ) {
        self.rows = rows
        self.table = table
        self.causality = causality
        self.view = view
    }

    /// Whether `entry` says what `other` does, link by link.
    func isAlike(_ entry: EntryRef, _ other: EntryRef) throws(Failure) -> Bool {
        let asked = Pair(entry: entry, other: other)
        var open = [asked]
        while let pair = open.last {
            guard known[pair] == nil else {
                open.removeLast()
                continue
            }
            guard let needed = try needs(pair) else {
                known[pair] = false
                continue
            }
            let unknown = needed.filter { known[$0] == nil }
            if unknown.isEmpty {
                known[pair] = needed.allSatisfy { known[$0] == true }
            } else {
                open += unknown
            }
        }
        return known[asked] == true
    }

    /// Nil for an entry that is like no other.
    func outline(of entry: EntryRef) throws(Failure) -> Outline? { try act(at: entry)?.outline }

    /// Which others have to be alike for two entries to be; nil if they cannot be.
    private func needs(_ pair: Pair) throws(Failure) -> [Pair]? {
        guard isApart(pair.entry, pair.other), let act = try act(at: pair.entry),
            let other = try self.act(at: pair.other),
            act.outline == other.outline, act.links.count == other.links.count
        else { return nil }
        var needed: [Pair] = []
        for (link, otherLink) in zip(act.links, other.links) {
            guard let named = try named(link, by: pair.entry),
                let otherNamed = try self.named(otherLink, by: pair.other)
            else { return nil }
            guard named.id != otherNamed.id else { continue }
            guard let place = named.place, let otherPlace = otherNamed.place,
                let again = try self.act(at: place)?.again,
                let before = try self.act(at: otherPlace),
                again == before.again || again == pinned(otherPlace, before)
            else { return nil }
            needed.append(Pair(entry: place, other: otherPlace))
        }
        return needed
    }

    /// Whether two entries are two, and stand in no one history of a log.
    private func isApart(_ entry: EntryRef, _ other: EntryRef) -> Bool {
        entry != other && causality.isBefore(entry, inLogOf: other) == false
            && causality.isBefore(other, inLogOf: entry) == false
    }

    private func pinned(_ place: EntryRef, _ act: Act) -> PinnedEntry {
        PinnedEntry(log: table.id(of: place.log), seq: place.seq, chain: act.chain)
    }

    /// What a link in an entry names; nil for an entry of its log that does not stand before it.
    private func named(_ link: Link, by entry: EntryRef) throws(Failure) -> Named? {
        if let log = link.log {
            return Named(
                id: PinnedEntryName(log: log, seq: link.seq, chain: link.chain), place: nil)
        }
        guard link.seq < entry.seq else { return nil }
        let place = table.entry(link.seq, before: entry.log)
        guard let view = try view(place) else { return nil }
        return Named(
            id: PinnedEntryName(
                log: table.id(of: place.log), seq: link.seq, chain: view.chain.first),
            place: place)
    }

    private func act(at place: EntryRef) throws(Failure) -> Act? {
        if let known = acts[place] { return known }
        let act = try view(place).flatMap { self.act($0, at: place) }
        acts[place] = .some(act)
        return act
    }

    /// Nil for an entry that neither repeats another nor is repeated.
    private func act(_ entry: EntryView, at place: EntryRef) -> Act? {
        let again = CBORValue.text(EntryNote.again)
        guard rows[Int(place.log.raw)].absent.isRotten(place.seq) == false,
            entry.body != nil, entry.header.isFromLaterVersion == false,
            case .map(var pairs)? = entry.said, let makesRecord = Self.makesRecord(entry.header),
            // In another form it makes the entry malformed, and the other one is not.
            pairs[again] == nil || entry.again != nil
        else { return nil }
        pairs[again] = nil
        let said = CBORValue.map(pairs)
        var links = said.links
        switch entry.header.subject {
        case .none, .creates: break
        case .own(let seq): links.insert(Link(own: seq), at: 0)
        case .other(let id, let chain):
            links.insert(Link(EntryID(log: id.log, seq: id.seq), chain: chain), at: 0)
        }
        do throws(Failure) {
            let outline = Outline(
                key: rows[Int(place.log.raw)].identity?.key, type: entry.header.label,
                makesRecord: makesRecord, words: try said.replacingLinks { _ in Link(own: 1) })
            return Act(
                outline: outline, links: links, again: entry.again, chain: entry.chain.first)
        } catch {
            return nil
        }
    }

    /// Nil for an entry that is about no record.
    private static func makesRecord(_ header: EntryHeader) -> Bool? {
        switch header.subject {
        case .none: nil
        case .creates: true
        case .own, .other: false
        }
    }
}
