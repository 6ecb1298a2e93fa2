// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs

/// Writes the entries of an old log again for a new one of the same device.
///
/// Each says which entry it repeats, keeps that entry's time where the new log allows it, and has
/// in sight what that entry had: what was newly taken in goes before it, in a receipt. Links to
/// what is repeated follow it; links to what came before say in which history it stands.
struct EntryRepeater {
    private let old: OwnTail
    private let log: LogID
    private let entropy: any Entropy
    private let chain: (UInt64) throws(Failure) -> Bytes16?
    private var seq: UInt64
    private var time: HybridTime
    /// Where the entries that were repeated stand now.
    private(set) var repeated: [UInt64: EntryID]
    private(set) var entries: [EntryBytes] = []
    private(set) var size = 0

    /// Goes on after `tip` of the log; `chain` gives the first half of the old log's chain value
    /// at an entry before the tail.
    init(
        _ old: OwnTail, after tip: LogTip, of log: LogID, knowing repeated: [UInt64: EntryID],
        entropy: any Entropy, chain: @escaping (UInt64) throws(Failure) -> Bytes16?
    ) {
        self.old = old
        self.log = log
        self.repeated = repeated
        self.entropy = entropy
        self.chain = chain
        seq = tip.seq
        time = tip.time
    }

    /// Takes the entries away, to be written as one batch.
    mutating func takeEntries() -> [EntryBytes] {
        let taken = entries
        entries = []
        size = 0
        return taken
    }

    /// Says that something was taken in.
    mutating func receive(_ base: [BaseElement]) {
        for part in BaseElement.byHeader(base) {
            add(EventName.received, .none, part, nil, at: time)
        }
    }

    mutating func add(_ item: OwnTail.Item) throws(Failure) {
        let header = item.header
        guard repeated[header.seq] == nil else { return }
        if header.base.isEmpty == false { receive(header.base) }
        // The new log has stated its vocabulary, and a receipt says nothing but its base.
        guard EventName.automatic.contains(header.type) == false else { return }
        var body: [UInt8]?
        if let changes = item.changes { body = try self.body(changes, of: item) }
        add(header.type, try subject(header.subject), [], body, at: header.time)
        repeated[header.seq] = EntryID(log: log, seq: seq)
    }

    private mutating func add(
        _ type: String, _ subject: EntrySubject, _ base: [BaseElement], _ body: [UInt8]?,
        at wished: HybridTime
    ) {
        seq += 1
        time = max(wished, HybridTime(raw: time.raw + 1))
        let header = EntryHeader(
            place: (seq, time), type: type, subject: subject, base: base,
            bodyDigest: body.map { EntryBody.digest($0) })
        let entry = EntryBytes(header: header.encoded, body: body)
        size += entry.header.count + (entry.body?.count ?? 0)
        entries.append(entry)
    }

    /// The body with its links where they lead now, and with the name of the entry it repeats.
    private func body(_ changes: [UInt8], of item: OwnTail.Item) throws(Failure) -> [UInt8] {
        let salt = entropy.bytes(Limits.salt)
        guard case .map(let pairs)? = EntryRepeater.value(changes) else {
            // What says nothing to anyone is kept as it is.
            return EntryBody.bytes(salt: salt, changes: changes)
        }
        var new: [CBORValue: CBORValue] = [:]
        for (name, change) in pairs {
            new[name] =
                EntryRepeater.pinned.contains(name)
                ? change : try change.replacingLinks(link)
        }
        // What is repeated twice stays the act that it was at first.
        let again = CBORValue.text(EntryNote.again)
        if new[again] == nil, let chain = item.chain {
            new[again] = PinnedEntry(log: old.log.id, seq: item.header.seq, chain: chain).value
        }
        let body = EntryBody.bytes(salt: salt, changes: CBORValue.map(new).encoded)
        guard body.count > Limits.body else { return body }
        new[again] = nil
        return EntryBody.bytes(salt: salt, changes: CBORValue.map(new).encoded)
    }

    /// Notes that name entries with their history, which stays what it was.
    private static let pinned: Set<CBORValue> = [.text(EntryNote.again), .text(EntryNote.settles)]

    private static func value(_ changes: [UInt8]) -> CBORValue? {
        do throws(CBORError) { return try CBORValue(changes) } catch { return nil }
    }

    private func subject(_ subject: EntrySubject) throws(Failure) -> EntrySubject {
        switch subject {
        case .creates, .none, .other: return subject
        case .own(let seq):
            let link = try link(Link(own: seq))
            guard let log = link.log else { return .own(seq: link.seq) }
            return .other(EntryID(log: log, seq: link.seq), branch: link.chain)
        }
    }

    /// How the new log names what the old one named so.
    private func link(_ link: Link) throws(Failure) -> Link {
        guard link.log == nil || link.log == old.log.id else { return link }
        let item = old.item(at: link.seq)
        // Another history than the one at hand is not ours to move.
        if let named = link.chain, named != item?.chain { return link }
        if let entry = repeated[link.seq], item != nil { return Link(entry, in: log) }
        let entry = EntryID(log: old.log.id, seq: link.seq)
        if let item { return Link(entry, chain: item.chain) }
        return Link(entry, chain: link.seq <= old.before.seq ? try chain(link.seq) : nil)
    }
}
