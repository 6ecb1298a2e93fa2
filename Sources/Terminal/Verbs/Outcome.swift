// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Merging
import Projections
import Queries
import Replicas
import Reports

/// Says what was recorded.
struct Outcome {
    private let book: Book
    private let session: Session

    init(_ book: Book, _ session: Session) {
        self.book = book
        self.session = session
    }

    /// `record` is what the events are about; nil where the first of them creates it.
    func report(_ decision: Decision, _ recorded: Recorded, about record: EntryRef?) throws {
        session.console.noteDone("It is recorded, and must not be entered again")
        guard recorded.trouble == nil else { return reportWithoutIndex(recorded) }
        do { try page(decision, recorded, about: record) } catch let trouble as Failure {
            // What is recorded is recorded, whatever the index says when it is asked about it.
            reportWithoutIndex(recorded.then(trouble))
        }
    }

    private func page(
        _ decision: Decision, _ recorded: Recorded, about record: EntryRef?
    ) throws {
        let places = recorded.places
        guard let place = record ?? places.first, let entry = places.first else { return }
        let reference = try book.reference(place)
        let view = try book.record(place)
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("reference", .string(reference)),
                    .init("entry", .string(book.entryName(entry))),
                    .init("events", .array(decision.events.map { .string($0.type) })),
                    .init("remarks", .array(decision.remarks.map { .string($0) })),
                ]))
            return
        }
        let events = decision.events.map(\.type).joined(separator: ", ")
        session.console.print(
            "\(reference, .reference)  \(view?.title ?? "", .strong)  "
                + "\("\(events), entry \(book.entryName(entry))", .faint)")
        if book.roster.devices.isEmpty {
            session.console.print(
                prose:
                    "This device is not let in yet: what you record is kept here, and others see "
                    + "it "
                    + "when it has been let in and has synced.")
        }
        for remark in decision.remarks { session.console.print(prose: "\(remark, .warning)") }
    }

    /// For what is recorded while the index could not follow: nothing may be read from it then.
    func reportWithoutIndex(_ recorded: Recorded) {
        guard let trouble = recorded.trouble, let entry = recorded.entries.first else { return }
        let name =
            book.logs.index(of: entry.log).map { book.entryName(EntryRef($0, entry.seq)) }
            ?? "entry \(entry.seq) of a new log"
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("reference", .null), .init("entry", .string(name)),
                    .init("trouble", .string(trouble.sentence)),
                ]))
            return
        }
        session.console.print("Recorded as \(name, .reference); the index will follow.")
        session.console.note(
            "\(trouble.sentence) What was recorded is safe: do not enter it again.")
    }
}
