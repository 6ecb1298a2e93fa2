// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging

/// Whether entries of one device say the same: what it wrote down again in another log is one act
/// with what it names.
///
/// That follows from the two entries alone, and from nothing that anyone could publish later: what
/// people saw as two does not become one. Which entries their links lead to is not asked: what is
/// about one record alone is taken for one act, and of the rest the author speaks for themselves.
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
        let again: PinnedEntry?
    }

    private let entries: HeldEntries
    private let rows: [LogRow]
    private var speeches: [EntryRef: Speech?] = [:]

    init(_ entries: HeldEntries, _ rows: [LogRow]) {
        self.entries = entries
        self.rows = rows
    }

    /// What all entries have in common that say the same and that they repeat the same entry; nil
    /// for one that repeats none.
    func digest(of entry: EntryRef) throws(Failure) -> Digest? {
        guard let speech = try speech(at: entry), let again = speech.again else { return nil }
        let words = speech.words
        let all = CBORValue.array([
            again.value, words.key.map { .bytes($0.bytes.array) } ?? .null,
            .text(words.type.text), .bool(words.makesRecord), words.said,
        ])
        return Digest.of(all.encoded)
    }

    /// Whether an entry says what the one says that it repeats, which repeats none; `named` is that
    /// one.
    func isAlike(_ entry: EntryRef, _ named: EntryRef) throws(Failure) -> Bool {
        guard let speech = try speech(at: entry), let said = try self.speech(at: named) else {
            return false
        }
        return said.again == nil && speech.words == said.words
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
        do throws(Failure) {
            let words = Words(
                key: row.identity?.key, type: entry.header.label, makesRecord: makesRecord,
                said: try said.replacingLinks { _ in Link(own: 1) })
            return Speech(words: words, again: entry.again)
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
