// SPDX-License-Identifier: MIT
import Basics
import Events
import Logs
import Merging
import Projections

/// Whether an entry is folded, if it repeats none: that follows from the entry, from the one that
/// makes its record, and from who is admitted.
final class EntryStanding {
    private let vocabulary: Vocabulary
    private let entries: HeldEntries
    private let links: LinkResolver
    private let folds: [Fold]
    private var makers: [EntryRef: Int?] = [:]

    /// `links` finds entries as they stand in their logs, repeats or not.
    init(_ vocabulary: Vocabulary, _ entries: HeldEntries, _ links: LinkResolver) {
        self.vocabulary = vocabulary
        self.entries = entries
        self.links = links
        let names = LinkNames(links)
        folds = vocabulary.kinds.map {
            Fold(KindPlan($0, formsSince: vocabulary.formsSince), names)
        }
    }

    /// `record` is what counts for the entry that it names as its record, or itself where it makes
    /// one; nil while that is not known.
    func stands(_ place: EntryRef, on record: EntryRef?) throws(Failure) -> Bool {
        guard let entry = try entries.entry(at: place), let record,
            let kind = try kind(ofRecordMadeBy: record)
        else { return false }
        if case .folded? = outcome(of: entry, at: place, on: record, kind) { return true }
        return false
    }

    /// The kind's place in the vocabulary; nil where the entry makes no record that is there.
    private func kind(ofRecordMadeBy place: EntryRef) throws(Failure) -> Int? {
        if let known = makers[place] { return known }
        let kind = try made(by: place)
        makers[place] = .some(kind)
        return kind
    }

    private func made(by place: EntryRef) throws(Failure) -> Int? {
        guard let entry = try entries.entry(at: place), case .creates = entry.header.subject,
            case let name = entry.header.kind,
            let kind = vocabulary.kinds.firstIndex(where: { $0.name == name }),
            role(at: place) != nil, entry.header.isFromLaterVersion == false
        else { return nil }
        // One that waits, or never had a body, has made its record all the same.
        if case .setAside? = outcome(of: entry, at: place, on: place, kind) { return nil }
        return kind
    }

    /// What becomes of an entry; nil for one whose body is not here, or never was, or that is not
    /// admitted.
    private func outcome(
        of entry: EntryView, at place: EntryRef, on record: EntryRef, _ kind: Int
    ) -> Fold.Outcome? {
        let row = links.rows[Int(place.log.raw)]
        guard let role = role(at: place), entry.header.isFromLaterVersion == false,
            entry.body != nil, row.absent.isRotten(place.seq) == false
        else { return nil }
        let author = Fold.Writer(
            place: place, log: row.id, role: role, creates: place == record)
        var state = RecordState()
        var found = Fold.EntryEffects()
        return folds[kind].add(FoldableEntry(entry), by: author, to: &state, found: &found)
    }

    private func role(at place: EntryRef) -> Role? {
        links.rows[Int(place.log.raw)].admission?.role(at: place.seq)
    }
}
