// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Whether entries of one device say the same: what it wrote down again in another log is one act
/// with what it names.
///
/// That follows from the two entries and from what stands before them in their logs, and from
/// nothing that anyone could publish later: what people saw as two does not become one.
final class Acts {
    /// What entries that are one act say alike.
    private struct Words: Hashable {
        let key: DeviceKey?
        let type: EntryType
        let makesRecord: Bool
        /// The map of the body, with one link in the place of all, without the name of an entry
        /// that is repeated.
        let said: CBORValue
    }

    /// An entry, as far as it is compared.
    private struct Speech {
        let words: Words
        /// To its record, unless it makes one, and then those that it says, in the order of names.
        let links: [Link]
        let again: PinnedEntry?
    }

    /// What a link says.
    private struct Target: Hashable {
        let log: LogID
        let seq: UInt64
        let chain: Bytes16?
    }

    private let entries: HeldEntries
    private let table: LogTable
    private let rows: [LogRow]
    private var speeches: [EntryRef: Speech?] = [:]
    private var known: [EntryRef: Digest?] = [:]
    /// Whether entries say what those say that they repeat.
    private var alike: [EntryRef: Bool] = [:]

    /// `digests` are of entries that were looked at before.
    init(
        _ entries: HeldEntries, _ table: LogTable, _ rows: [LogRow],
        knowing digests: [EntryRef: Digest]
    ) {
        self.entries = entries
        known = digests.mapValues { .some($0) }
        self.table = table
        self.rows = rows
    }

    /// What all entries have in common that say the same and that they repeat the same entry; nil
    /// for one that repeats none.
    func digest(of entry: EntryRef) throws(Failure) -> Digest? {
        var open = [entry]
        while let place = open.last {
            let needed = try namers(linkedTo: place).first { known[$0] == nil }
            guard needed == nil || known[place] != nil else {
                open += needed.map { [$0] } ?? []
                continue
            }
            open.removeLast()
            if known[place] == nil { known[place] = .some(try said(at: place)) }
        }
        return known[entry] ?? nil
    }

    /// Whether an entry without its text may be what another one repeats: nothing speaks against
    /// it.
    func mayBeAlike(_ entry: EntryRef, _ named: EntryRef) throws(Failure) -> Bool {
        guard let speech = try speech(at: entry), let other = try entries.entry(at: named),
            other.isBodyAbsent || rows[Int(named.log.raw)].absent.isRotten(named.seq),
            other.header.isFromLaterVersion == false
        else { return false }
        return speech.words.type == other.header.label
            && speech.words.makesRecord == Acts.makesRecord(other.header)
            && speech.words.key == rows[Int(named.log.raw)].identity?.key
    }

    /// Whether an entry says what the one says that it repeats, link by link; `named` is that one.
    func isAlike(_ entry: EntryRef, _ named: EntryRef) throws(Failure) -> Bool {
        if let known = alike[entry] { return known }
        var met: Set<EntryRef> = [entry]
        let isAlike = try isAlike(entry, named, &met)
        if isAlike { for place in met { alike[place] = true } } else { alike[entry] = false }
        return isAlike
    }

    private func isAlike(
        _ entry: EntryRef, _ named: EntryRef, _ met: inout Set<EntryRef>
    ) throws(Failure) -> Bool {
        var open = [(entry, named)]
        while let (place, other) = open.popLast() {
            guard let speech = try speech(at: place), let said = try self.speech(at: other),
                said.again == nil, speech.words == said.words,
                speech.links.count == said.links.count
            else { return false }
            for (link, saidLink) in zip(speech.links, said.links) {
                let target = try target(of: link, at: place)
                let saidTarget = try self.target(of: saidLink, at: other)
                guard target != saidTarget else { continue }
                guard let own = ownEntry(link, of: place),
                    let saidOwn = ownEntry(saidLink, of: other),
                    let again = try self.speech(at: own)?.again,
                    saidTarget == Target(log: again.log, seq: again.seq, chain: again.chain)
                else { return false }
                if alike[own] == false { return false }
                if alike[own] == nil, met.insert(own).inserted { open.append((own, saidOwn)) }
            }
        }
        return true
    }

    /// The entries that repeat others and stand before an entry in its log, to which it links.
    private func namers(linkedTo place: EntryRef) throws(Failure) -> [EntryRef] {
        guard let speech = try speech(at: place), speech.again != nil else { return [] }
        var namers: [EntryRef] = []
        for link in speech.links {
            guard let own = ownEntry(link, of: place), try self.speech(at: own)?.again != nil
            else { continue }
            namers.append(own)
        }
        return namers
    }

    private func said(at place: EntryRef) throws(Failure) -> Digest? {
        guard let speech = try speech(at: place), let again = speech.again else { return nil }
        var links: [CBORValue] = []
        for link in speech.links {
            if let own = ownEntry(link, of: place), let act = known[own] ?? nil {
                links.append(.bytes(act.bytes.array))
                continue
            }
            let target = try target(of: link, at: place)
            links.append(
                .array([
                    .bytes(target.log.bytes.array), .unsigned(target.seq),
                    target.chain.map { .bytes($0.array) } ?? .null,
                ]))
        }
        let words = speech.words
        let all = CBORValue.array([
            again.value, words.key.map { .bytes($0.bytes.array) } ?? .null,
            .text(words.type.text), .bool(words.makesRecord), words.said, .array(links),
        ])
        return Digest.of(all.encoded)
    }

    /// What a link says, with the log's id and chain value where it names the own log.
    private func target(of link: Link, at place: EntryRef) throws(Failure) -> Target {
        let own = table.id(of: place.log)
        guard let named = ownEntry(link, of: place) else {
            return Target(log: link.log ?? own, seq: link.seq, chain: link.chain)
        }
        return Target(
            log: own, seq: link.seq, chain: try entries.entry(at: named)?.chain.first)
    }

    /// The entry before this one in its log that a link names by its seq; nil for another link.
    private func ownEntry(_ link: Link, of place: EntryRef) -> EntryRef? {
        let log = table.id(of: place.log)
        guard link.chain == nil, link.log ?? log == log, link.seq < place.seq else { return nil }
        return table.entry(link.seq, before: place.log)
    }

    private func speech(at place: EntryRef) throws(Failure) -> Speech? {
        if let known = speeches[place] { return known }
        let speech = try entries.entry(at: place).flatMap { self.speech($0, at: place) }
        speeches[place] = .some(speech)
        return speech
    }

    /// Nil for an entry that neither repeats another nor is repeated.
    private func speech(_ entry: EntryView, at place: EntryRef) -> Speech? {
        let again = CBORValue.text(EntryNote.again)
        let row = rows[Int(place.log.raw)]
        guard row.absent.isRotten(place.seq) == false,
            entry.body != nil, entry.header.isFromLaterVersion == false,
            case .map(var pairs)? = entry.said, let makesRecord = Acts.makesRecord(entry.header),
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
            let words = Words(
                key: row.identity?.key, type: entry.header.label, makesRecord: makesRecord,
                said: try said.replacingLinks { _ in Link(own: 1) })
            return Speech(words: words, links: links, again: entry.again)
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
