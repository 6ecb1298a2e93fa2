// SPDX-License-Identifier: MIT

extension Kind {
    /// A person who has a device. Enrolments link to it, so that no name stands in them.
    package static let staff = Kind(
        "staff", "staff", "a person who has a device",
        shape: Shape(title: "name", listed: ["agency", "from", "until"]),
        fields: [
            Field(
                "name", "Name", .latest, .text,
                options: .init(writers: .coordinators, columns: ["holder"])),
            Field("agency", "Agency", .latest, .code, options: .init(writers: .coordinators)),
            Field("from", "From", .latest, .date, options: .init(writers: .coordinators)),
            Field("until", "Until", .latest, .date, options: .init(writers: .coordinators)),
        ],
        verbs: [
            Verb(
                "add", "added", "Add a person who has, or will have, a device.", creates: true,
                [.argument("name"), .option("agency"), .option("from"), .option("until")]),
            Verb(
                "set", "amended", "Change what is said of a person.",
                [.option("name"), .option("agency"), .option("from"), .option("until")]),
        ])
}
