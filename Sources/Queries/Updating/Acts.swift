// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Which act an entry is: one that a device wrote down again in another log is one act with what it
/// names, if both say the same.
///
/// What they say names other entries, and these are acts too. Each is asked for before what names
/// it: chain values go back in time, so that this ends.
final class Acts {
    /// Entries of one act are equal in this.
    enum ID: Hashable {
        /// The first of the act, which names none.
        case entry(EntryRef)
        /// What all say that name one entry which is not held, or says something else.
        case said(Int)
    }

    /// What entries that are one act say alike.
    private struct Words: Hashable {
        let key: DeviceKey?
        let type: EntryType
        let makesRecord: Bool
        /// The map of the body, with one link in the place of all, without the name of an entry
        /// that is repeated.
        let said: CBORValue
    }

    /// What a link comes to.
    private enum Target: Hashable {
        case act(ID)
        /// Of what is not held, or not known, what the link says.
        case link(LogID, seq: UInt64, chain: Bytes16?)
    }

    /// An entry, as far as it is compared.
    private struct Speech {
        let words: Words
        /// To its record, unless it makes one, and then those that it says, in the order of names.
        let links: [Link]
        let again: PinnedEntry?
    }

    private struct Unheld: Hashable {
        let named: PinnedEntry
        let words: Words
        let targets: [Target]
    }

    private let entries: HeldEntries
    private let links: LinkResolver
    private var speeches: [EntryRef: Speech?] = [:]
    private var known: [EntryRef: ID] = [:]
    private var said: [Unheld: Int] = [:]
    /// The entry that each names and is one act with.
    private(set) var named: [EntryRef: EntryRef] = [:]

    /// `links` finds entries as they stand in their logs, repeats or not.
    init(_ entries: HeldEntries, _ links: LinkResolver) {
        self.entries = entries
        self.links = links
    }

    /// The act that an entry is; its own where nothing else is known of it.
    func act(of entry: EntryRef) throws(Failure) -> ID {
        var open = [entry]
        while let place = open.last {
            if known[place] == nil, let needed = try nextNeeded(for: place) {
                open.append(needed)
            } else {
                open.removeLast()
            }
        }
        return known[entry] ?? .entry(entry)
    }

    /// Takes in which act an entry is, or gives another one that has to be known before.
    private func nextNeeded(for place: EntryRef) throws(Failure) -> EntryRef? {
        guard let speech = try speech(at: place), let again = speech.again else {
            known[place] = .entry(place)
            return nil
        }
        let targets: [Target]
        switch try self.targets(of: speech, at: place) {
        case .known(let found): targets = found
        case .needs(let other): return other
        }
        let pinned = EntryID(log: again.log, seq: again.seq)
        if let held = try links.entry(pinned, with: again.chain),
            let other = try self.speech(at: held), other.words == speech.words
        {
            switch try self.targets(of: other, at: held) {
            case .known(let others) where others == targets:
                guard let act = known[held] else { return held }
                named[place] = held
                known[place] = act
                return nil
            case .known: break
            case .needs(let another): return another
            }
        }
        let alike = Unheld(named: again, words: speech.words, targets: targets)
        let number = said[alike] ?? said.count
        said[alike] = number
        known[place] = .said(number)
        return nil
    }

    private enum Targets {
        case known([Target])
        case needs(EntryRef)
    }

    /// What the links of an entry come to, one by one.
    private func targets(of speech: Speech, at place: EntryRef) throws(Failure) -> Targets {
        var targets: [Target] = []
        targets.reserveCapacity(speech.links.count)
        for link in speech.links {
            let id = link.entry(in: links.table.id(of: place.log))
            let isLater = id.log == links.table.id(of: place.log) && id.seq >= place.seq
            guard isLater == false || link.chain != nil,
                let named = try links.entry(id, history: link.chain, of: place),
                links.holds(named)
            else {
                targets.append(.link(id.log, seq: id.seq, chain: link.chain))
                continue
            }
            guard let act = known[named] else { return .needs(named) }
            targets.append(.act(act))
        }
        return .known(targets)
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
        let row = links.rows[Int(place.log.raw)]
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
