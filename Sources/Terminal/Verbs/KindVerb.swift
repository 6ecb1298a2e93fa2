// SPDX-License-Identifier: MIT
import Basics
import Commands
import Events
import Merging
import Projections
import Queries
import Replicas
import Reports

/// The verbs of one kind of record, made from its declaration: `beatbook case open ...`.
struct KindVerb {
    let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    var verb: ProgramVerb {
        let below =
            kind.verbs.map { declaration($0) } + [
                ShowVerb.declaration(kind), ListVerb.declaration(kind),
                ImportVerb.declaration(kind),
            ]
        let whole = VerbDeclaration(kind.name, "Record \(kind.summary)").holding(below)
        return ProgramVerb(declaration: whole) { invocation, session in
            try run(invocation, session)
        }
    }

    /// What stands after the kind's name: `open`, `visit`.
    func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let name = invocation.path.last ?? ""
        if name == ShowVerb.name { return try ShowVerb.run(invocation, session, of: kind) }
        if name == ListVerb.name { return try ListVerb.run(invocation, session, kind) }
        if name == ImportVerb.name { return try ImportVerb.run(kind, invocation, session) }
        guard let verb = kind.verb(name) else { return .failed }
        return try perform(verb, invocation, session)
    }

    func declaration(_ verb: Verb) -> VerbDeclaration {
        var arguments: [ArgumentDeclaration] = []
        if verb.creates == false {
            arguments.append(
                ArgumentDeclaration(
                    "record", "Which \(kind.name), by its reference.", .record(kind: kind.name)))
        }
        var options: [OptionDeclaration] = []
        for input in verb.inputs {
            let field = kind.declared(input.field)
            if input.isArgument {
                arguments.append(argument(input, field))
            } else {
                options.append(option(input, field))
            }
        }
        var reason = OptionDeclaration.value("reason", "Why; it stays in the history.")
        if verb.needsReason { reason = reason.required() }
        options.append(reason)
        options.append(
            .value("occurred", "When it happened, if not now.", .date).showing("DATE"))
        let summary = verb.summary.hasSuffix(".") ? String(verb.summary.dropLast()) : verb.summary
        return VerbDeclaration(verb.name, summary, arguments, options: options)
    }

    private func argument(_ input: Verb.Input, _ field: Field) -> ArgumentDeclaration {
        ArgumentDeclaration(
            argumentName(field), FieldHelp(field).text, FieldHelp(field).valueKind,
            count: field.key == nil ? .one : .oneOrMore)
    }

    /// What a person writes is called a text, whatever list it joins.
    private func argumentName(_ field: Field) -> String {
        field.family == .entries ? "text" : field.name
    }

    private func option(_ input: Verb.Input, _ field: Field) -> OptionDeclaration {
        let help = FieldHelp(field)
        var option: OptionDeclaration
        switch input.act {
        case .write: option = .value(field.name, help.text, help.valueKind)
        case .remove: option = .value(field.name, "Take this out of '\(field.label)'.")
        case .void: option = .value(field.name, "The entry to void.").showing("ENTRY")
        case .correct:
            option = .value(field.name, "The entry to correct, and its right words.")
                .showing("\"ENTRY WORDS\"")
        }
        let takesSeveral = field.key != nil || field.family == .set
        if takesSeveral { option = option.repeating() }
        if input.isRequired { option = option.required() }
        return option
    }

    private func perform(
        _ verb: Verb, _ invocation: Invocation, _ session: Session
    ) throws -> ExitCode {
        let replica = try session.replica(writing: invocation.path.joined(separator: " "))
        var view: RecordView?
        if verb.creates == false {
            view = try replica.book.record(
                try session.find(
                    invocation.required("record"), in: replica.book, kind: kind))
        }
        let given = verb.inputs.map { input in
            let name = input.isArgument ? argumentName(kind.declared(input.field)) : nil
            return Command.Given(input, invocation.texts(name ?? input.field))
        }
        // As pages print a time, with a blank, it is typed again.
        let occurred = invocation.text("occurred")?.replacing(" ", with: "T")
        let notes = Command.Notes(reason: invocation.text("reason"), occurred: occurred)
        let wish = Command(kind, verb, on: view, values: given, notes: notes)
        let decision = try replica.decide(wish, today: session.today)
        return try Outcome.record(decision, on: view, replica, session)
    }
}
