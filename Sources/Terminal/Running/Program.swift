// SPDX-License-Identifier: MIT
import Basics
import Events
import Projections
import Queries
package import Replicas
import Reports

/// The terminal client: arguments in, an exit code out, everything it needs handed in.
package struct Program {
    private let console: Console
    private let surroundings: Surroundings
    private let interruptions: Interruptions
    private let variables: (String) -> String?

    /// `variables` gives the environment's values by name.
    package init(
        console: Console, surroundings: Surroundings, interruptions: Interruptions = .none,
        variables: @escaping (String) -> String?
    ) {
        self.interruptions = interruptions
        self.console = console
        self.surroundings = surroundings
        self.variables = variables
    }

    package static let version = "0.1.0"

    /// The day that it is where the book is kept.
    private var today: CivilDate {
        let day = Dates.shownDay(surroundings.clock.nowMilliseconds())
        return CivilDay(day)?.date ?? CivilDate(daysSince1970: 0)
    }

    /// Does what the arguments say, the program's own name left out.
    package func run(_ arguments: [String]) -> ExitCode {
        let options = arguments.prefix { $0 != "--" }
        if options.contains(where: { $0 == "--no-colour" || $0 == "--no-color" }) {
            console.renounceColour()
        }
        let verbs = ProgramVerbs(Vocabulary.current)
        let program = verbs.declaration
        guard isReadable(arguments) else { return console.finish(.rejected) }
        do throws(UsageError) {
            switch try Parser(program, today: today).parse(arguments) {
            case .help(let path):
                console.print(lines: HelpText(program, width: console.width).lines(path: path))
                return console.finish(.done)
            case .version:
                console.print("beatbook \(Program.version)")
                return console.finish(.done)
            case .completeWords(let words):
                let completer = Completer(program) { references($0) }
                console.write(document: Array(completer.answer(to: words).utf8))
                return console.finish(.done)
            case .run(let invocation):
                return console.finish(run(invocation, verbs))
            }
        } catch {
            console.note(StyledText(lines: error.sentences(program: program.name)))
            return console.finish(.failed)
        }
    }

    /// Whether all words came as text. The system puts U+FFFD in the place of letters that are not
    /// UTF-8: what it stood for could never be found again.
    private func isReadable(_ arguments: [String]) -> Bool {
        guard let word = arguments.first(where: { $0.contains("\u{FFFD}") }) else { return true }
        complain(
            "In '\(word)' are letters that are not UTF-8; nothing was done.",
            "Set this terminal to UTF-8 and type it again.")
        return false
    }

    private func run(_ invocation: Invocation, _ verbs: ProgramVerbs) -> ExitCode {
        do {
            let session = try Session(
                invocation, console, surroundings, interruptions, variables)
            guard let verb = verbs.verb(invocation.path) else { return .failed }
            return try verb.run(invocation, session)
        } catch let rejection as Rejection {
            complain(rejection.sentence, rejection.advice)
            return .rejected
        } catch let failure as Failure {
            complain(failure.sentence, failure.advice)
            return .failed
        } catch {
            complain("Something went wrong that should not have: \(error).", "")
            return .failed
        }
    }

    private func complain(_ sentence: String, _ advice: String) {
        let text = advice.isEmpty ? sentence : "\(sentence) \(advice)"
        console.note(StyledText(lines: "beatbook: \(text)"))
    }

    /// The references of a kind, for the shell's completion; nothing where there is no book.
    private func references(_ query: Completer.RecordQuery) -> [ValueKind.Choice] {
        do {
            let folder = try query.options["book"] ?? Session.folder(nil, variables, surroundings)
            let kind = Vocabulary.current.kind(query.kind)
            let book = try Replica(opening: folder, surroundings, writing: nil).book
            return try book.references(beginning: query.prefix, kind: kind, limit: 200)
                .map { ValueKind.Choice($0.reference, $0.title) }
        } catch {
            // A shell that completes a word has no place for a sentence.
            return []
        }
    }
}
