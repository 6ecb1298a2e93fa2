// SPDX-License-Identifier: MIT
import Basics
import Events
import Merging
import Projections
import Queries
import Replicas
import Reports

/// `beatbook history RECORD`.
enum HistoryVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "history", "Explain where each value of a record comes from",
                [ArgumentDeclaration("record", "Which record.", .record(kind: ""))],
                options: Reading.options),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let (view, book) = try session.record(invocation)
        let page = try HistoryPage(view, in: book)
        if session.isJSON {
            session.console.print(json: try page.json)
        } else {
            session.console.print(lines: try page.lines(width: session.console.width))
        }
        return .done
    }
}

extension Session {
    /// The record that the call names, in the book that it wants.
    /// Throws a rejection for a record that is of another kind than the one wanted.
    func record(_ invocation: Invocation, of kind: Kind?) throws -> (RecordView, Book) {
        let (view, book) = try record(invocation)
        guard let kind, view.kind != kind else { return (view, book) }
        throw Rejection(
            """
            '\(invocation.required("record"))' is not \(kind.name.withArticle): it is \
            \(view.kind.name.withArticle).
            """, advice: "'beatbook list \(kind.name)' shows the \(kind.plural).")
    }

    func record(_ invocation: Invocation) throws -> (RecordView, Book) {
        let present = try replica().book
        let name = invocation.required("record")
        guard let bounds = try bounds(invocation, present) else {
            let place = try find(name, in: present)
            if let view = try present.record(place) { return (view, present) }
            throw try Rejection.unmade(name, at: place, in: present)
        }
        let past = try present.past(bounds)
        if let view = try past.record(try find(name, inPast: past, of: present)) {
            return (view, past)
        }
        throw Rejection(
            "'\(name)' was not there then.", advice: "Leave out --as-at and --known-to to see it.")
    }

    /// The record that a person means who looks at the past: what the past book calls so, as its
    /// lists do; else what is called so now.
    func find(_ name: String, inPast past: Book, of present: Book) throws -> EntryRef {
        do { return try find(name, in: past) } catch let rejection as Rejection {
            do { return try find(name, in: present) } catch is Rejection { throw rejection }
        }
    }
}

extension Rejection {
    /// A record that was made by an entry which is not here, or which counts for nothing.
    fileprivate static func unmade(
        _ name: String, at place: EntryRef, in book: Book
    ) throws(Failure) -> Rejection {
        guard let aside = try book.entry(place)?.aside else {
            return Rejection(
                "The entry that made '\(name)' is not here yet.", advice: "Sync, then try again.")
        }
        return Rejection(
            "The entry that made '\(name)' is set aside: \(aside.sentence).",
            advice: "'beatbook replay' shows it; a coordinator can record it.")
    }
}
