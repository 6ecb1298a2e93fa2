// SPDX-License-Identifier: MIT

/// A whole program: its verbs in groups, and the options that are good with all of them.
package struct ProgramDeclaration: Equatable, Sendable {
    /// Verbs that help shows together.
    package struct Group: Equatable, Sendable {
        /// A word or two, without a colon.
        package let title: String
        /// In the order in which help shows them.
        package let verbs: [VerbDeclaration]

        /// Verbs under a heading of the help.
        package init(_ title: String, _ verbs: [VerbDeclaration]) {
            self.title = title
            self.verbs = verbs
        }
    }

    /// As it is typed.
    package let name: String
    /// As `--version` prints it.
    package let version: String
    /// One sentence.
    package let summary: String
    /// In the order in which help shows them.
    package let groups: [Group]
    /// Besides `--help`, `-h` and `--version`, which every program has.
    package var globalOptions: [OptionDeclaration] = []

    /// A program without global options; those are set afterwards.
    package init(_ name: String, version: String, summary: String, groups: [Group]) {
        self.name = name
        self.version = version
        self.summary = summary
        self.groups = groups
    }

    static let helpOption = OptionDeclaration.flag("help", "Show help and do nothing else.")
        .short("h")
    static let versionOption = OptionDeclaration.flag("version", "Show the version only.")

    /// The options that every verb understands.
    var everywhere: [OptionDeclaration] {
        globalOptions + [ProgramDeclaration.helpOption, ProgramDeclaration.versionOption]
    }

    /// Those of all groups, hidden ones among them.
    package var verbs: [VerbDeclaration] { groups.flatMap(\.verbs) }

    /// The verb at the end of a path such as `["case", "open"]`; nil for a path that leads nowhere.
    package func verb(at path: [String]) -> VerbDeclaration? {
        guard let first = path.first, var found = verbs.first(where: { $0.name == first }) else {
            return nil
        }
        for name in path.dropFirst() {
            guard let next = found.verbs.first(where: { $0.name == name }) else { return nil }
            found = next
        }
        return found
    }

    /// The verbs that can follow a path.
    func verbs(below path: [String]) -> [VerbDeclaration] {
        path.isEmpty ? verbs : verb(at: path)?.verbs ?? []
    }
}
