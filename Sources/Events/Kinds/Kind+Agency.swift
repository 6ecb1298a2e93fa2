// SPDX-License-Identifier: MIT

extension Kind {
    /// A body that takes part. Its code is its name in every list; equal codes are one agency.
    package static let agency = Kind(
        "agency", "agencies", "a body that takes part",
        shape: Shape(title: "title", listed: ["code", "type"], alias: "code", naturalKey: "code"),
        fields: [
            Field("code", "Code", .latest, .code, options: .init(writers: .coordinators)),
            Field(
                "title", "Name", .latest, .text,
                options: .init(writers: .coordinators, columns: ["name"])),
            Field(
                "type", "Sort", .latest, .text,
                options: .init(writers: .coordinators, columns: ["kind"])),
            Field("aliases", "Also called", .set, .text),
        ],
        verbs: [
            Verb(
                "add", "added", "Add an agency.", creates: true,
                [.argument("code"), .argument("title"), .option("type"), .option("aliases")]),
            Verb(
                "set", "amended", "Change what is said of an agency.",
                [
                    .option("title"), .option("type"), .option("aliases"),
                ]),
        ])

    /// A ward, a street, a venue: where things happen.
    package static let place = Kind(
        "place", "places", "a place where things happen",
        shape: Shape(title: "title", listed: ["type", "area"]),
        fields: [
            Field(
                "title", "Name", .latest, .text,
                options: .init(columns: ["place", "name", "ward"])),
            Field("type", "Sort", .latest, .text, options: .init(columns: ["kind"])),
            Field("area", "Area", .latest, .text),
            Field("notes", "Notes", .entries, .longText),
        ],
        verbs: [
            Verb(
                "add", "added", "Add a place.", creates: true,
                [.argument("title"), .option("type"), .option("area")]),
            Verb(
                "set", "amended", "Change what is said of a place.",
                [
                    .option("title"), .option("type"), .option("area"),
                ]),
            Verb("note", "noted", "Add a note.", [.argument("notes")]),
        ])
}
