// SPDX-License-Identifier: MIT

extension Kind {
    /// A victim's or a place's trouble, and what is done about it (clash rules C1 to C11, C28).
    package static let `case` = Kind(
        "case", "cases", "a case of anti-social behaviour or harm, and the work on it",
        shape: Shape(
            title: "title", status: "status", closed: ["closed"],
            listed: ["status", "risk", "type", "ward"],
            harmless: ["outcome", "closed-on", "restricted", "anonymous"],
            demands: [
                Demand(
                    ["closed"], need: "outcome", "A case is not closed without its outcome.")
            ], kept: ["owners"], restriction: "restricted"),
        fields: [
            Field("title", "Title", .latest, .text),
            Field(
                "type", "Type", .latest,
                .choice([
                    "neighbour-nuisance", "harassment", "noise", "problem-group",
                    "nuisance-vehicle", "abandoned-vehicle", "fly-tipping", "graffiti",
                    "deliberate-fire", "littering", "street-drinking", "domestic-abuse",
                    "exploitation", "vulnerable-adult", "reoffender", "youth-at-risk",
                ])),
            Field("ward", "Ward", .latest, .text),
            Field("place", "Place", .latest, .text),
            Field("summary", "Summary", .latest, .longText),
            Field(
                "risk", "Risk", .cautious(Caution(.listed, mayEase: .coordinators)),
                .choice(["high", "medium", "low"]), options: .init(urgency: 0)),
            Field(
                "status", "Status", .cautious(Caution(.listed, mayEase: .staff)),
                .choice(["opened", "assessed", "active", "at-panel", "closed"]),
                options: .init(urgency: 1)),
            Field(
                "outcome", "Outcome when closed", .cautious(Caution(.listed, mayEase: .staff)),
                .choice(["not-resolved", "no-evidence", "referred-on", "improved", "resolved"]),
                options: .init(urgency: 1)),
            Field(
                "closed-on", "Closed on", .cautious(Caution(.lesser, mayEase: .staff)), .date,
                options: .init(hasHappened: true)),
            Field("owners", "Owners", .set, .text, options: .init(urgency: 1, flagsSeveral: true)),
            Field("agencies", "Agencies", .set, .code),
            Field(
                "restricted", "Restricted", .cautious(Caution(.greater, mayEase: .coordinators)),
                .flag, options: .init(urgency: 0)),
            Field(
                "anonymous", "Anonymous", .cautious(Caution(.greater, mayEase: .coordinators)),
                .flag, options: .init(urgency: 0)),
            Field(
                "repeat-victim", "Repeat victim",
                .cautious(Caution(.greater, mayEase: .coordinators)), .flag),
            Field("duplicates", "Same as", .set, .link(kind: "case")),
            Field("visits", "Visits", .entries, .longText),
            Field("notes", "Notes", .entries, .longText),
            Field("letters", "Letters", .entries, .longText),
            Field("incidents", "Incidents", .entries, .longText),
            Field("assessments", "Risk assessments", .entries, .longText),
        ],
        verbs: caseVerbs,
        rules: [
            Rule(
                "C4", "closure-disputed",
                "The case was closed by someone who had not seen that harm was recorded.",
                when: "status", is: ["closed"],
                hadNotSeen: [
                    .part("incidents"), .moreCautious("risk"), .moreCautious("repeat-victim"),
                ],
                effect: .suspend(reading: "open, closure disputed")),
            Rule(
                "C3", "later-activity",
                """
                The case was closed by someone who had not seen a visit, a note, a letter or an \
                assessment.
                """,
                when: "status", is: ["closed"],
                hadNotSeen: [
                    .part("visits"), .part("notes"), .part("letters"), .part("assessments"),
                ], effect: .flag),
        ])

    private static let caseVerbs = [
        Verb(
            "open", "opened", "Open a case.", creates: true,
            [
                .argument("title"), .needed("type"), .option("ward"), .option("place"),
                .option("summary"), .option("risk"), .option("owners"), .option("agencies"),
                .option("restricted"), .option("anonymous"), .option("repeat-victim"),
            ], fixed: [.init("status", "opened")]),
        Verb(
            "set", "amended", "Change what a case says.",
            [
                .option("title"), .option("type"), .option("ward"), .option("place"),
                .option("summary"), .option("status"), .option("outcome"), .option("owners"),
                .option("agencies"), .option("restricted"), .option("anonymous"),
                .option("repeat-victim"), .option("duplicates"), .option("closed-on"),
                .option("risk"),
            ]),
        Verb(
            "drop", "reduced", "Take out an owner, an agency or a link.",
            [
                .option("owners", act: .remove), .option("agencies", act: .remove),
                .option("duplicates", act: .remove),
            ]),
        Verb("visit", "visited", "Record a visit.", [.argument("visits")]),
        Verb("note", "noted", "Add a note.", [.argument("notes")]),
        Verb("letter", "letter-sent", "Record a letter that went out.", [.argument("letters")]),
        Verb("incident", "incident-reported", "Record a new incident.", [.argument("incidents")]),
        Verb(
            "risk", "risk-assessed", "Set the level of risk, and why.",
            [
                .argument("risk"), .option("assessments"),
            ]),
        Verb(
            "close", "closed", "Close a case with its outcome.",
            [
                .argument("outcome"), .option("closed-on"), .option("notes"),
            ], fixed: [.init("status", "closed"), .init("closed-on", "today")]),
        Verb(
            "reopen", "reopened", "Open a closed case again.", [],
            fixed: [.init("status", "active"), .cleared("outcome"), .cleared("closed-on")],
            needsReason: true),
        Verb(
            "void", "part-voided", "Void a visit, a note, a letter or an incident.",
            [
                .option("visits", act: .void), .option("notes", act: .void),
                .option("letters", act: .void), .option("incidents", act: .void),
            ], needsReason: true),
        Verb(
            "correct", "part-corrected", "Correct a visit, a note, a letter or an incident.",
            [
                .option("visits", act: .correct), .option("notes", act: .correct),
                .option("letters", act: .correct), .option("incidents", act: .correct),
            ], needsReason: true),
    ]
}
