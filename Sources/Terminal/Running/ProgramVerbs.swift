// SPDX-License-Identifier: MIT
import Events

/// All verbs of the program, those of the vocabulary's kinds among them.
struct ProgramVerbs {
    private let groups: [(title: String, verbs: [ProgramVerb])]

    init(_ vocabulary: Vocabulary) {
        let kinds = vocabulary.kinds.filter { $0.name != Kind.plan.name }
        groups = [
            ("Record", [LogVerb.verb] + [PlanVerb.verb] + kinds.map { KindVerb($0).verb }),
            (
                "Read",
                [
                    ListVerb.verb(vocabulary), ShowVerb.verb, SearchVerb.verb, HistoryVerb.verb,
                    ReplayVerb.verb, SQLVerb.verb, ExportVerb.verb,
                ]
            ),
            ("Settle", [ConflictsVerb.verb, ResolveVerb.verb]),
            ("Exchange", [SyncVerb.verb, MergeVerb.verb, StatusVerb.verb]),
            ("Set up", [InitVerb.verb, JoinVerb.verb, EnrolVerb.verb, RecoverVerb.verb]),
            ("Look after", [VerifyVerb.verb, IndexVerb.verb, CompletionsVerb.verb]),
        ]
    }

    var declaration: ProgramDeclaration {
        var program = ProgramDeclaration(
            "beatbook", version: Program.version,
            summary:
                "The beat book of a community safety partnership: record offline, sync through "
                + "any folder, settle what clashes, replay what happened.",
            groups: groups.map { .init($0.title, $0.verbs.map(\.declaration)) })
        program.globalOptions = [
            .value(
                "book",
                "The folder of the book. Without it: what BEATBOOK names in the environment, this "
                    + "folder if it holds a book, else 'beatbook' in your home folder.", .folder
            ).short("b"),
            .flag("json", "Print data for programs."),
            .flag("no-colour", "Print without colours."),
        ]
        return program
    }

    /// The verb at the start of a path.
    func verb(_ path: [String]) -> ProgramVerb? {
        groups.flatMap(\.verbs).first { $0.declaration.name == path.first }
    }
}
