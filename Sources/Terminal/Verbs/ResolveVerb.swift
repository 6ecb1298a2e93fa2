// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Projections
import Queries
import Replicas
import Reports

/// `beatbook resolve RECORD FIELD [VALUE]`.
enum ResolveVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "resolve", "Settle what people disagree on",
                [
                    ArgumentDeclaration("record", "Which record.", .record(kind: "")),
                    ArgumentDeclaration(
                        "field",
                        "Which field; 'field:key' where 'beatbook conflicts' shows it so."),
                    ArgumentDeclaration(
                        "value", "What it shall read; without one, all elements of a set stay.",
                        count: .optional),
                ],
                options: [
                    .value("reason", "Why; it stays in the history.").required(),
                    .flag("clear", "It shall read nothing, in the place of a value."),
                ]
            ).explained(
                """
                Your choice is an entry like any other: it says who chose, when, and what they had \
                seen. Both sides stay in the history.
                """,
                examples: [
                    .init("resolve W01-3 risk high --reason \"panel of 3 March\"", "Risk is high.")
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let replica = try session.replica(writing: "resolve")
        let book = replica.book
        let place = try session.find(invocation.required("record"), in: book)
        guard let view = try book.record(place) else { return .failed }
        let (name, key) = parted(invocation.required("field"))
        let names = view.kind.fields.map(\.name)
        let fields = view.kind.fields.filter { field in
            [field.name, field.label].contains { $0.lowercased() == name.lowercased() }
        }
        guard let field = view.kind.field(name) ?? fields.first else {
            let nearest =
                Spelling.nearest(to: name, among: names).map { "Did you mean '\($0)'? " } ?? ""
            throw Rejection(
                "A \(view.kind.name) has no field '\(name)'.",
                advice: "\(nearest)Its fields are: \(names.joined(separator: ", ")).")
        }
        let settlement = Settlement(
            view, field, key: key, answer: try answer(invocation),
            notes: Command.Notes(reason: invocation.text("reason")))
        let decision = try replica.decide(settlement, today: session.today)
        return try Outcome.record(decision, on: view, replica, session)
    }

    private static func answer(_ invocation: Invocation) throws(Rejection) -> Settlement.Answer {
        guard invocation.has("clear") else {
            return invocation.text("value").map { .value($0) } ?? .none
        }
        guard invocation.text("value") == nil else {
            throw Rejection(
                "Either a value or --clear: a field that is cleared reads nothing.",
                advice: "Nothing was written.")
        }
        return .cleared
    }

    private static func parted(_ text: String) -> (name: String, key: String) {
        guard let mark = text.firstIndex(of: ":") else { return (text, "") }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }
}
