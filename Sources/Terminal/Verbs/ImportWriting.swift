// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Merging
import Queries
import Replicas
import Reports

/// Writes what came of a table, in as many batches as it takes, and says what was done.
struct ImportWriting {
    let replica: Replica
    let session: Session
    let file: ImportFile
    /// The id that all entries of the import share.
    let id: Bytes16
    /// Records that the same import wrote before.
    let written: [EntryID]
    /// The label of what the rows belong to, and whether the first event makes that; nil where they
    /// belong to nothing.
    var owner: (kind: Kind, label: String, isNew: Bool)?

    /// `name` tells imports of one file apart that make different things of it.
    init(
        _ replica: Replica, _ session: Session, _ file: ImportFile, as name: String
    ) throws {
        self.replica = replica
        self.session = session
        self.file = file
        guard file.isAgain == false else {
            id = replica.newImportID()
            written = []
            return
        }
        id = Replica.importID(of: file.bytes, as: name, reading: file.reading)
        let (records, isReadOtherwise) = try replica.records(ofImport: id)
        written = records
        guard isReadOtherwise == false else {
            throw Rejection(
                "This file was imported before, in full or in part, with other options.",
                advice: """
                    Say the same options to go on with it; with --again it is taken once more as \
                    it is read now. Nothing was written.
                    """)
        }
    }

    func write(_ outcome: CSVImport.Outcome, of kind: Kind) throws -> ExitCode {
        var events = outcome.events
        // Where no key tells rows apart, they were written in their order.
        let done = outcome.isKeyed ? 0 : min(written.count, events.count)
        guard events.count > done else { throw nothingNew(outcome) }
        events.removeFirst(done)
        var counts = outcome
        counts.added -= done
        if file.isDryRun {
            report(counts, kind, isDone: false, goingOnFrom: done)
            return .done
        }
        guard let first = try record(events) else { return .done }
        let reference = owner?.isNew == true ? try replica.book.reference(first) : nil
        report(counts, kind, isDone: true, goingOnFrom: done, ownedBy: reference)
        return .done
    }

    /// Writes events in batches, each of which is whole; those behind the first stand on what an
    /// event of the first made. Gives where the first stands; nil where the index could not follow.
    private func record(_ events: [Event]) throws -> EntryRef? {
        var first: EntryID?
        var place: EntryRef?
        for batch in ImportWriting.batches(events.map { $0.imported(id) }) {
            let events =
                first.map { made in batch.map { $0.linked(to: made, in: replica.device.log) } }
                ?? Array(batch)
            let recorded = try session.record(events, in: replica, once: "imported")
            first = first ?? recorded.entries.first
            place = place ?? recorded.places.first
            guard recorded.trouble == nil else {
                Outcome(replica, session).reportWithoutIndex(recorded)
                return nil
            }
        }
        return place
    }

    /// So many at a time that a batch stays far below what one may hold.
    private static func batches(_ events: [Event]) -> [ArraySlice<Event>] {
        var batches: [ArraySlice<Event>] = []
        var (start, size) = (0, 0)
        for (place, event) in events.enumerated() {
            let bytes = event.encodedChanges?.count ?? 0
            if place > start, place - start >= 2_000 || size + bytes > 262_144 {
                batches.append(events[start..<place])
                (start, size) = (place, 0)
            }
            size += bytes
        }
        return batches + [events[start...]]
    }

    private func nothingNew(_ outcome: CSVImport.Outcome) -> Rejection {
        guard written.isEmpty == false else {
            let rows =
                outcome.unchanged == 1
                ? "the one row of the file says" : "all \(outcome.unchanged) rows of the file say"
            return Rejection(
                "The book says already what \(rows) that can be changed; nothing was written.",
                advice: outcome.remarks.joined(separator: " "))
        }
        return Rejection(
            "This file was imported before; nothing was written.",
            advice: outcome.isKeyed
                ? "To change what reads otherwise since, say --again."
                : "To add its rows once more all the same, say --again.")
    }

    /// Says what was added, which column went where, and what found no place.
    private func report(
        _ outcome: CSVImport.Outcome, _ kind: Kind, isDone: Bool, goingOnFrom done: Int,
        ownedBy reference: String? = nil
    ) {
        if session.isJSON {
            var members = members(outcome, isDone)
            if let owner { members.insert(.init("ref", .string(owner.label)), at: 0) }
            if let reference { members.insert(.init("reference", .string(reference)), at: 0) }
            session.console.print(json: .object(members))
            return
        }
        let console = session.console
        let opened = opened(reference)
        let verb = opened.isEmpty ? " added" : ""
        let rest = done > 0 ? " (\(done) were added before)" : ""
        let changed = outcome.changed > 0 ? ", \(outcome.changed) changed" : ""
        let same = outcome.unchanged > 0 ? ", \(outcome.unchanged) as they were" : ""
        let what =
            "\(opened)\(outcome.added) \(outcome.added == 1 ? kind.name : kind.plural)\(verb)"
            + "\(rest)\(changed)\(same)"
        if isDone {
            console.print("\(what, .good).")
        } else {
            console.print(prose: "\("Nothing was written.", .warning) This would be: \(what).")
        }
        console.print(prose: "Columns placed: \(outcome.placed.joined(separator: ", ")).")
        for remark in outcome.remarks { console.print(prose: "\(remark)") }
        guard outcome.unplaced.isEmpty == false else { return }
        let next =
            isDone == false
            ? "" : outcome.isKeyed ? "; with --again, the records are changed by it" : " next time"
        console.print(
            prose: """
                \("Not placed:", .warning) \(outcome.unplaced.listed). What stands there was left \
                out. --map COLUMN=FIELD says where a column goes\(next).
                """)
    }

    /// `Plan C01-1 (p-2014) opened with `; nothing where nothing is opened.
    private func opened(_ reference: String?) -> String {
        guard let owner, owner.isNew else { return "" }
        let name = owner.kind.name.prefix(1).uppercased() + owner.kind.name.dropFirst()
        let label = reference.map { "\($0) (\(owner.label))" } ?? owner.label
        return "\(name) \(label) opened with "
    }

    private func members(_ outcome: CSVImport.Outcome, _ isDone: Bool) -> [JSON.Member] {
        [
            .init("written", .bool(isDone)),
            .init("records", JSON(outcome.added)), .init("changed", JSON(outcome.changed)),
            .init("unchanged", JSON(outcome.unchanged)),
            .init("placed", .array(outcome.placed.map { .string($0) })),
            .init("unplaced", .array(outcome.unplaced.map { .string($0) })),
            .init("remarks", .array(outcome.remarks.map { .string($0) })),
        ]
    }
}

extension Event {
    /// With the id of the import that it is of.
    fileprivate func imported(_ id: Bytes16) -> Event {
        var changes = changes ?? [:]
        changes[EntryNote.imported] = .bytes(id.array)
        return Event(type, subject, changes, links: links)
    }

    /// With links to what the first event made, once that has a place.
    fileprivate func linked(to made: EntryID, in log: LogID) -> Event {
        var changes = changes ?? [:]
        for field in links.keys { changes[field] = Link(made, in: log).value }
        return Event(type, subject, changes)
    }
}
