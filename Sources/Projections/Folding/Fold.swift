// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Logs
package import Merging

/// Turns entries into acts, by the families of a kind's fields. Knows no kind.
///
/// A class, since a copy of all that a kind declares would cost more than folding an entry.
package final class Fold {
    package let plan: KindPlan
    private let links: LinkNames
    /// Each field's name as bytes, in the kind's order, found once per kind.
    private let names: [ShortBytes]
    private let starts: [NameStart]
    private let shapes: [FieldShape]

    /// What an entry did.
    package enum Outcome: Hashable {
        /// Folded; it may hold fields or choices that are unknown here.
        case folded(Unread?)
        case setAside(SetAside)
    }

    /// Who wrote an entry, and where it stands.
    package struct Writer {
        package let place: EntryRef
        package let log: LogID
        let role: Role

        /// Whether the entry creates the record that it is about.
        let creates: Bool
        /// How often the log had gone back to a lower vocabulary number by then.
        let descents: UInt8

        package init(
            place: EntryRef, log: LogID, role: Role, creates: Bool, descents: UInt8 = 0
        ) {
            self.place = place
            self.log = log
            self.role = role
            self.creates = creates
            self.descents = descents
        }
    }

    package init(_ plan: KindPlan, _ links: LinkNames) {
        self.plan = plan
        self.links = links
        names = plan.kind.fields.map { ShortBytes(Array($0.name.utf8)) }
        starts = plan.kind.fields.map { field in
            Array(field.name.utf8).withUnsafeBytes { NameStart($0) }
        }
        shapes = plan.fields.enumerated().map { place, field in
            FieldShape(plan.kind.fields[place], field)
        }
    }

    /// What says that an entry was folded, and which.
    private static func mark(_ entry: FoldableEntry, by author: Writer) -> FoldedEntries {
        FoldedEntries(
            log: author.place.log, count: 1, seq: author.place.seq, time: entry.time,
            mixed: entry.bodyDigest.map(\.first) ?? FoldedEntries.withoutBody)
    }

    /// What one entry's body holds. One value serves for many entries and keeps its room.
    package struct EntryEffects {
        var acts: [LastAct] = []
        /// The words of its parts, for the search.
        package var words: [UInt8] = []
        /// Links to places that are not held, or of which it is not known which are meant.
        package var assumed: [(link: Link, named: EntryID)] = []
        /// What links name that says it repeats another entry.
        package var repeats: [EntryRef] = []

        package init() {}

        mutating func clear() {
            acts.removeAll(keepingCapacity: true)
            words.removeAll(keepingCapacity: true)
            if assumed.isEmpty == false { assumed.removeAll(keepingCapacity: true) }
            if repeats.isEmpty == false { repeats.removeAll(keepingCapacity: true) }
        }
    }

    /// Adds all the entry's changes to the state, or none of them; `found` tells what they were.
    package func add(
        _ entry: FoldableEntry, by author: Writer, to state: inout RecordState,
        found: inout EntryEffects
    ) -> Outcome {
        found.clear()
        // An open record has no sealed changes: what it reads follows from open entries alone.
        guard entry.isSealed == false, entry.body.map({ $0.count <= Limits.body }) ?? true else {
            return .setAside(.malformed)
        }
        let outcome = read(entry, by: author, into: &found)
        guard case .folded(var unread) = outcome else { return outcome }
        for act in found.acts where plan.fields[Int(act.field)].knows(act) == false {
            unread = unread ?? .choice
        }
        add(found.acts, to: &state)
        state.add(Fold.mark(entry, by: author))
        return .folded(unread)
    }

    private func add(_ acts: [LastAct], to state: inout RecordState) {
        guard acts.contains(where: { ranking(alone: $0) != nil }) else { return state.add(acts) }
        var together: [LastAct] = []
        for act in acts {
            guard let ranking = ranking(alone: act) else {
                together.append(act)
                continue
            }
            state.add(alone: act) { ranking.isMoreCautious($1, $0) != true }
        }
        state.add(together)
    }

    /// The order of a field of which a write stands for itself; nil for all other acts.
    private func ranking(alone act: LastAct) -> Ranking? {
        guard act.act == .write, act.amount > 0,
            shapes[Int(act.field)].keepsEveryWrite == false
        else { return nil }
        return plan.fields[Int(act.field)].ranking
    }

    private func read(
        _ entry: FoldableEntry, by author: Writer, into found: inout EntryEffects
    ) -> Outcome {
        var hasUnknown = false
        var isPermitted = isPermitted(author)
        do throws(CBORError) {
            var reader = CBORReader(entry.changes)
            var keys = KeyOrder()
            for _ in 0..<(try reader.map()) {
                let name = try keys.next(&reader)
                let field = index(of: name)
                if field == nil, let note = NoteForm(name) {
                    try note.check(&reader)
                    continue
                }
                if field == nil { hasUnknown = true }
                isPermitted = isPermitted && field.map { mayWrite(author, $0) } ?? true
                // What comes behind a change that is not permitted only has to be well formed.
                guard let field, isPermitted else {
                    try reader.skip(depth: 1)
                    continue
                }
                let slot = ChangeDecoder(
                    index: field, shape: shapes[field], author: author, time: entry.time,
                    links: links)
                try slot.read(&reader, into: &found)
            }
            try reader.finish()
        } catch {
            return .setAside(.malformed)
        }
        guard isPermitted else { return .setAside(.notPermitted) }
        return .folded(hasUnknown ? .field : nil)
    }

    /// Whether a role writes on such a record at all, whatever the fields: who makes one is who may
    /// write what names it.
    private func isPermitted(_ author: Writer) -> Bool {
        guard author.creates else { return Roles.staff.allows(author.role) }
        return plan.makers.allows(author.role)
    }

    private func mayWrite(_ author: Writer, _ field: Int) -> Bool {
        shapes[field].writers.allows(author.role)
    }

    private func index(of name: UnsafeRawBufferPointer) -> Int? {
        let start = NameStart(name)
        for place in starts.indices where starts[place] == start {
            if names[place] == ShortBytes(name) { return place }
        }
        return nil
    }

    /// How long a name is and how it begins: two words that tell nearly all names apart.
    private struct NameStart: Equatable {
        private let count: Int
        private let word: UInt64

        init(_ name: UnsafeRawBufferPointer) {
            count = name.count
            word = name.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
