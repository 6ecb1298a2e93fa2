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
    /// Whether this device has had keys of the partnership.
    private let isLetIn: Bool
    private let role: Role?

    init(_ replica: Replica, _ session: Session) {
        book = replica.book
        isLetIn = replica.device.epochs.isEmpty == false
        role = replica.book.roster.device(replica.device.key)?.role
        self.session = session
    }

    /// Records what was decided about a record, nil for one that the events create, and says what
    /// it settles, before and after.
    static func record(
        _ decision: Decision, on view: RecordView?, _ replica: Replica, _ session: Session
    ) throws -> ExitCode {
        var settled: [ConflictText] = []
        if let view {
            settled = try decision.settled.map { try ConflictText($0, of: view, in: replica.book) }
        }
        if session.isJSON == false {
            for text in settled {
                session.console.print(prose: "Settles \(text.label, .strong): \(try text.matter)")
            }
        }
        let settlements = session.isJSON ? try settled.map { try $0.json } : []
        let recorded = try session.record(decision.events, in: replica, once: "entered")
        try Outcome(replica, session).report(
            decision, recorded, about: view, settlements)
        return .done
    }

    /// `before` is what the events are about, as it was; nil where the first of them creates it.
    private func report(
        _ decision: Decision, _ recorded: Recorded, about before: RecordView?, _ settled: [JSON]
    ) throws {
        guard recorded.trouble == nil else { return reportWithoutIndex(recorded) }
        do { try page(decision, recorded, about: before, settled) } catch let trouble as Failure {
            // What is recorded is recorded, whatever the index says when it is asked about it.
            reportWithoutIndex(recorded.then(trouble))
        }
    }

    private func page(
        _ decision: Decision, _ recorded: Recorded, about before: RecordView?, _ settled: [JSON]
    ) throws {
        let places = recorded.places
        guard let place = before?.place ?? places.first, let entry = places.first else { return }
        let reference = try book.reference(place)
        let view = try book.record(place)
        let remarks =
            try decision.remarks + readings(decision, view) + standing(decision, before, view)
            + (decision.settled.isEmpty ? afterClosing(before, view) : [])
        if session.isJSON {
            session.console.print(
                json: .object([
                    .init("reference", .string(reference)),
                    .init("entry", .string(book.entryName(entry))),
                    .init("events", .array(decision.events.map { .string($0.type) })),
                    .init("settled", .array(settled)),
                    .init("remarks", .array(remarks.map { .string($0) })),
                ]))
            return
        }
        // Whoever corrects one of several later has to know which it was.
        let events = zip(decision.events, places).map { event, place in
            "\(event.type), entry \(book.entryName(place))"
        }.joined(separator: "; ")
        session.console.print(
            prose: "\(reference, .reference)  \(view?.title ?? "", .strong)  \(events, .faint)")
        if book.roster.devices.isEmpty { session.console.print(prose: "\(outside)") }
        for remark in remarks { session.console.print(prose: "\(remark, .warning)") }
    }

    /// What is said while nobody is known to be let in.
    private var outside: String {
        isLetIn
            ? """
            The log of whoever founded the partnership is not here, so that nobody is known. What \
            you record is kept; sync, and it is called by your call sign again.
            """
            : """
            This device is not let in yet: what you record is kept here, and others see it when it \
            has been let in and has synced.
            """
    }

    /// Says that what was recorded stands on a record that nobody looks at any more, and how it is
    /// opened again.
    private func afterClosing(_ before: RecordView?, _ now: RecordView?) throws -> [String] {
        guard let before, let now, before.isOpen == false, now.isOpen == false else { return [] }
        let (kind, reference) = (now.kind, try book.reference(now.place))
        let reopening = kind.verbs.first { $0.needsReason && kind.isOpening($0) }
        let advice = reopening.map { verb in
            """
             If there is more to do, 'beatbook \(kind.name) \(verb.name) \(reference) --reason \
            WHY' opens it again.
            """
        }
        return ["\(reference) read '\(before.status)' before this already." + (advice ?? "")]
    }

    /// What the fields read on which something was settled, each once; or that they are disputed
    /// still.
    private func readings(_ decision: Decision, _ view: RecordView?) throws -> [String] {
        guard let view else { return [] }
        let matters = Set(view.conflicts.map(\.matter))
        return try decision.settled.map { conflict in
            let left = matters.contains(conflict.matter)
            let reads = try ValueText(book).reading(of: conflict.field, in: view)
            return left
                ? "\(conflict.field.label) is disputed still: it reads \(reads)."
                : "\(conflict.field.label) now reads \(reads)."
        }.unique()
    }

    /// What is open still although somebody wrote who may settle it: what they wrote settles
    /// nothing, as it does not have all sides in sight.
    private func standing(
        _ decision: Decision, _ before: RecordView?, _ view: RecordView?
    ) throws -> [String] {
        guard let before, let view, let event = decision.events.first, let role
        else { return [] }
        let was = Set(before.conflicts.map(\.matter))
        let open = view.conflicts.filter { conflict in
            was.contains(conflict.matter) && conflict.isOfCounts == false
                && decision.settled.contains { $0.matter == conflict.matter } == false
                && event.changes?[conflict.field.name] != nil && conflict.settlers.allows(role)
        }
        return try open.map { conflict in
            let reads = try ValueText(book).reading(of: conflict.field, in: view)
            return """
                \(conflict.field.label) is disputed still: it reads \(reads). 'beatbook resolve' \
                says why this does not settle it.
                """
        }.unique()
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
