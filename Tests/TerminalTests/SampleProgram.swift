// SPDX-License-Identifier: MIT

@testable import Basics
import Terminal

/// A program with everything that a declaration can say.
enum SampleProgram {
    static let today = CivilDate(daysSince1970: 16_000)

    static let open = VerbDeclaration(
        "open", "Open a case",
        [
            .init("title", "What it is about, in a few words."),
            .init("place", "Where; a place of the book.", .record(kind: "place"), count: .any),
        ],
        options: [
            .value(
                "risk", "How great the risk is.",
                .choices([
                    .init("low", "nobody is hurt"), .init("medium"),
                    .init("high", "somebody is in danger"),
                ])
            ).short("r").showing("LEVEL").required(),
            .value("tag", "A word to find it by.", .suggestions([.init("noise"), .init("drink")]))
                .repeating(),
            .value("occurred", "When it came up, if not today.", .date),
            .flag("restricted", "Only for those who work on it.").short("x"),
        ]
    ).explained(
        """
        A case holds what is known about one trouble, from the first call to its closing.

        Nothing is sent before the next exchange.
        """,
        examples: [
            .init(
                "case open 'Noise at night' --risk high", "A case with the least that must be said."
            ),
            .init(
                "case open Noise W01-3 -r low --tag noise --tag drink", "With a place and two tags."
            ),
        ])

    static let program = {
        var program = ProgramDeclaration(
            "sample", version: "1.0", summary: "A book of what happened on the beat.",
            groups: [
                .init(
                    "Record",
                    [
                        VerbDeclaration(
                            "case", "Show a case, or work on it",
                            [.init("reference", "Which case.", .record(kind: "case"))],
                            options: [.flag("full", "With all its history.")]
                        ).holding([open, VerbDeclaration("close", "Close a case")]),
                        VerbDeclaration(
                            "count", "Add to a count", [.init("number", "How many.", .integer)]),
                    ]),
                .init(
                    "Plan",
                    [
                        VerbDeclaration("plan", "Work on the plan").holding([
                            VerbDeclaration(
                                "import", "Import a plan",
                                [.init("file", "A CSV file.", .file)],
                                options: [
                                    .value("map", "Where a column goes.", .pair).short("m")
                                        .showing("COLUMN=FIELD").repeating()
                                ]),
                            VerbDeclaration(
                                "show", "Show the plan", [.init("year", "Which.", count: .optional)]
                            ),
                        ]),
                        VerbDeclaration(
                            "exchange", "Exchange with others",
                            [.init("folder", "A folder.", .folder)]),
                        VerbDeclaration("debug", "Not for people").hidden(),
                    ]),
            ])
        program.globalOptions = [
            .value("book", "Where the book is.", .folder).short("b"),
            .flag("json", "Print JSON."),
        ]
        return program
    }()
}
