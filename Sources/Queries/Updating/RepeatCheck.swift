// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Finds which entries are one act, and which of them counts: of those that are folded where they
/// count the one that the others repeat, or else the first. So nobody has others write on one, and
/// takes it from them by another that waits or is set aside.
struct RepeatCheck {
    private let store: IndexStore
    private let rows: [LogRow]
    private let links: LinkResolver
    private let entries: HeldEntries
    private let standing: EntryStanding

    /// `links` finds entries as they stand in their logs, repeats or not.
    init(
        store: IndexStore, rows: [LogRow], sources: [LogIndex: LogSource], bounds: Bounds,
        links: LinkResolver
    ) {
        self.store = store
        self.rows = rows
        self.links = links
        entries = HeldEntries(store, rows, sources, bounds)
        standing = EntryStanding(store.vocabulary, entries, links)
    }

    /// What is new since the last time.
    struct News {
        /// Entries that say that they repeat another.
        let repeats: [LogReading.Repeat]
        let arrived: [(log: LogID, seqs: ClosedRange<UInt64>)]
        /// Logs of which a base says more that counts only now.
        let claimed: Set<LogID>
        /// Whether others are admitted than were.
        let isOfRoster: Bool
    }

    /// What is so from now on.
    struct Result {
        var repeats = RepeatedEntries.none
        /// All entries that say that they repeat another.
        var namers: Set<EntryRef> = []
        /// Of them, and of what they repeat, those that repeat another entry than before: or one
        /// now, or none any more.
        var changed: [ActMember] = []
        /// What each entry repeated before.
        var before: [EntryRef: EntryRef] = [:]
        /// Whether what is repeated does not count now, or counts again. Which records link to that
        /// is not known.
        var isOtherwise = false
    }

    func check(_ news: News) throws(Failure) -> Result {
        let table = links.table
        var members: [EntryRef: ActMember] = [:]
        for member in try store.actMembers(table) { members[member.entry] = member }
        guard members.isEmpty == false || news.repeats.isEmpty == false else { return Result() }
        var touched: Set<EntryRef> = []
        try wake(members, news, &touched)
        try take(news, &members, &touched)
        if news.isOfRoster { touched = Set(members.keys) }
        let before = try store.repeatedEntries(table)
        var result = Result()
        result.before = before.originals
        result.namers = Set(members.values.filter { $0.again != nil }.map(\.entry))
        guard touched.isEmpty == false else {
            result.repeats = before
            return result
        }
        result.repeats = try repeats(&members, &touched, before)
        let now = result.repeats
        for entry in touched { if let member = members[entry] { try store.save(member) } }
        for (entry, member) in members {
            guard
                now.originals[entry] != before.originals[entry]
                    || now.leading.contains(entry) != before.leading.contains(entry)
            else { continue }
            result.changed.append(member)
            if member.again == nil { result.isOtherwise = true }
            try store.save(now, of: entry)
        }
        return result
    }

    /// Touches those of whose record something may be known now. Of entries that are not admitted
    /// nothing else remembers what they wait for.
    private func wake(
        _ members: [EntryRef: ActMember], _ news: News, _ touched: inout Set<EntryRef>
    ) throws(Failure) {
        let logs = news.claimed.union(news.arrived.map(\.log))
        guard logs.isEmpty == false else { return }
        for (entry, member) in members where member.record == nil {
            guard case .other(let record, _)? = try entries.entry(at: entry)?.header.subject,
                logs.contains(record.log)
            else { continue }
            touched.insert(entry)
        }
    }

    /// Takes in what says that it repeats another, and what is repeated.
    private func take(
        _ news: News, _ members: inout [EntryRef: ActMember], _ touched: inout Set<EntryRef>
    ) throws(Failure) {
        let acts = Acts(entries, rows)
        var open: Set<EntryRef> = []
        for item in news.repeats {
            guard let act = try acts.digest(of: item.entry) else { continue }
            members[item.entry] = ActMember(
                entry: item.entry, offset: item.offset, act: act, again: item.named)
            touched.insert(item.entry)
            open.insert(item.entry)
        }
        let named = Dictionary(grouping: members.values.filter { $0.again != nil }) {
            $0.again?.log
        }
        for (log, seqs) in news.arrived {
            for member in named[log] ?? [] {
                if let again = member.again, seqs.contains(again.seq) { open.insert(member.entry) }
            }
        }
        let order = CanonicalOrder(links.table)
        let namers = Dictionary(grouping: members.values.filter { $0.again != nil }) { $0.again }
        for again in Set(open.compactMap { members[$0]?.again }) {
            guard
                let held = try links.entry(
                    EntryID(log: again.log, seq: again.seq), with: again.chain),
                let offset = try entries.entry(at: held)?.offset, members[held]?.again == nil
            else { continue }
            var act: Digest?
            for namer in (namers[again] ?? []).sorted(by: { order.precedes($0.entry, $1.entry) })
            where act == nil {
                var isAlike = try acts.isAlike(namer.entry, held)
                if isAlike == false { isAlike = try acts.mayBeAlike(namer.entry, held) }
                if isAlike { act = namer.act }
            }
            guard let act, members[held]?.act != act else { continue }
            members[held] = ActMember(entry: held, offset: offset, act: act, again: nil)
            touched.insert(held)
        }
    }

    /// Which entries count, of all acts. Of those with an entry that was touched, or whose record
    /// is another one now, it is asked anew which of their entries are folded.
    private func repeats(
        _ members: inout [EntryRef: ActMember], _ touched: inout Set<EntryRef>,
        _ before: RepeatedEntries
    ) throws(Failure) -> RepeatedEntries {
        let groups = Dictionary(grouping: members.values, by: \.act).values.filter { $0.count > 1 }
        var originals: [EntryRef: EntryRef] = [:]
        // What makes records is looked at first: what is written on those names them.
        for makes in [true, false] {
            let counted = originals
            for group in groups {
                let isTouched = group.contains { member in
                    let record = makes ? nil : member.record
                    return touched.contains(member.entry)
                        || record.map { counted[$0] != before.originals[$0] } ?? false
                }
                var alike: [EntryRef: [ActMember]] = [:]
                for var member in group {
                    if isTouched, member.record == nil { member.record = try record(of: member) }
                    guard let record = member.record, (record == member.entry) == makes else {
                        continue
                    }
                    let place = counted[record] ?? record
                    if isTouched, member.stands == false {
                        member.stands = try standing.stands(member.entry, on: place)
                        touched.insert(member.entry)
                    }
                    members[member.entry] = member
                    alike[makes ? EntryRef(raw: 0) : place, default: []].append(member)
                }
                for one in alike.values { settle(one, &originals) }
            }
        }
        return RepeatedEntries(
            originals: originals, leading: leading(to: originals, members), links.table)
    }

    private func record(of member: ActMember) throws(Failure) -> EntryRef? {
        guard let header = try entries.entry(at: member.entry)?.header else { return nil }
        return try links.namedRecord(of: header, at: member.entry)
    }

    private func settle(_ members: [ActMember], _ originals: inout [EntryRef: EntryRef]) {
        let order = CanonicalOrder(links.table)
        let original = members.filter(\.stands).min { left, right in
            guard (left.again == nil) == (right.again == nil) else { return left.again == nil }
            return order.precedes(left.entry, right.entry)
        }
        guard let original else { return }
        for member in members where member.entry != original.entry {
            originals[member.entry] = original.entry
        }
    }

    /// Those that would be folded themselves and repeat an entry that counts: who has seen them has
    /// been shown what it says. What stands for an entry that does not count may have been written
    /// in sight of what was written in sight of its repeat: nobody has seen it by that, or two
    /// could have seen each other.
    private func leading(
        to originals: [EntryRef: EntryRef], _ members: [EntryRef: ActMember]
    ) -> Set<EntryRef> {
        Set(
            originals.compactMap { entry, original in
                let leads = members[original]?.again == nil && members[entry]?.stands == true
                return leads ? entry : nil
            })
    }
}
