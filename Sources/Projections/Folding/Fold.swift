// SPDX-License-Identifier: MIT
package import Basics
package import Events
package import Logs
package import Merging

/// Why an entry that is held changes nothing. Everyone who holds the same entries says the same.
package enum SetAside: String, Hashable, Sendable, CaseIterable {
    case notPermitted = "not-permitted"
    case malformed
    case afterCut = "after-cut"
    case laterVersion = "later-version"
    case unknownKind = "unknown-kind"
    case noRecord = "no-record"

    package var sentence: String {
        switch self {
        case .notPermitted: "its author's role may not write that"
        case .malformed: "its body does not say what the vocabulary expects"
        case .afterCut: "it was written after its device's access had ended"
        case .laterVersion: "it was written by a later version of the format"
        case .noRecord: "the entry that it names as its record creates none, or is set aside"
        case .unknownKind: "it is about a kind of record that this version does not know"
        }
    }
}

/// Turns entries into cells, by the families of a kind's fields. Knows no kind.
///
/// A class, since a copy of all that a kind declares would cost more than folding an entry.
package final class Fold: Sendable {
    package let plan: KindPlan
    /// Each field's name as bytes, in the kind's order, found once per kind.
    private let names: [ShortBytes]
    private let shapes: [FieldShape]

    /// What an entry did.
    package enum Outcome: Hashable {
        /// Folded; so many of its fields are unknown here.
        case folded(unknownFields: Int)
        case setAside(SetAside)
    }

    /// Who wrote an entry, and where it stands.
    package struct Writer {
        let place: EntryRef
        let log: LogID
        let role: Role

        package init(
            place: EntryRef, log: LogID, role: Role
        ) {
            self.place = place
            self.log = log
            self.role = role
        }
    }

    package init(_ plan: KindPlan) {
        self.plan = plan
        names = plan.kind.fields.map { ShortBytes(Array($0.name.utf8)) }
        shapes = plan.kind.fields.map { FieldShape($0) }
    }

    /// What says that an entry was folded, and which.
    private static func mark(_ entry: FoldableEntry, by author: Writer) -> FoldedEntries {
        FoldedEntries(
            log: author.place.log, count: 1, seq: author.place.seq, time: entry.time,
            mixed: (entry.bodyDigest ?? .zero).first)
    }

    /// Of a log's own writes that it may not ease, those stay that no later one is as cautious as.
    private func drop(besides cell: LastAct, in state: inout RecordState) {
        guard let ranking = plan.fields[Int(cell.field)].ranking else { return }
        state.drop(besides: cell) { ranking.isMoreCautious($0, $1) != true }
    }

    /// What one entry's body holds. One value serves for many entries and keeps its room.
    package struct EntryEffects {
        var cells: [LastAct] = []
        /// The words of its parts, for the search.
        package var words: [UInt8] = []

        package init() {}

        mutating func clear() {
            cells.removeAll(keepingCapacity: true)
            words.removeAll(keepingCapacity: true)
        }
    }

    /// Adds all the entry's changes to the state, or none of them; `found` tells what they were.
    package func add(
        _ entry: FoldableEntry, by author: Writer, to state: inout RecordState,
        found: inout EntryEffects
    ) -> Outcome {
        found.clear()
        guard entry.body.map({ $0.count <= Limits.body }) ?? true else {
            return .setAside(.malformed)
        }
        let outcome = read(entry, by: author, into: &found)
        guard case .folded = outcome else { return outcome }
        for cell in found.cells {
            state.add(cell)
            if cell.act == .write, cell.amount > 0 { drop(besides: cell, in: &state) }
        }
        state.add(Fold.mark(entry, by: author))
        return outcome
    }

    private func read(
        _ entry: FoldableEntry, by author: Writer, into found: inout EntryEffects
    ) -> Outcome {
        var unknown = 0
        var isPermitted = true
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
                if field == nil { unknown += 1 }
                isPermitted = isPermitted && field.map { mayWrite(author, $0) } ?? true
                // What comes behind a change that is not permitted only has to be well formed.
                guard let field, isPermitted else {
                    try reader.skip(depth: 1)
                    continue
                }
                let slot = ChangeDecoder(
                    index: field, shape: shapes[field], author: author, time: entry.time)
                try slot.read(&reader, into: &found)
            }
            try reader.finish()
        } catch {
            return .setAside(.malformed)
        }
        return isPermitted ? .folded(unknownFields: unknown) : .setAside(.notPermitted)
    }

    private func mayWrite(_ author: Writer, _ field: Int) -> Bool {
        shapes[field].writers.allows(author.role)
    }

    private func index(of name: UnsafeRawBufferPointer) -> Int? {
        let name = ShortBytes(name)
        return names.firstIndex { $0 == name }
    }
}
