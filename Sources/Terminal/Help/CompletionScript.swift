// SPDX-License-Identifier: MIT

/// The script that teaches a shell to complete the program's words.
///
/// It knows nothing of the verbs: it hands the words of the line to `Completer` and shows the
/// answer.
package enum CompletionScript: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish

    /// The verb that prints the script, for the declaration of a program of this name.
    package static func verb(program: String) -> VerbDeclaration {
        let choices: [ValueKind.Choice] = [
            .init("bash", "add 'source <(\(program) completions bash)' to ~/.bashrc"),
            .init("zsh", "write it to a file '_\(program)' in a folder of $fpath"),
            .init("fish", "write it to ~/.config/fish/completions/\(program).fish"),
        ]
        return VerbDeclaration(
            "completions", "Print the script that completes words in a shell",
            [.init("shell", "Which shell.", .choices(choices))])
    }

    /// The script for a program of this name.
    package func text(program: String) -> String {
        let function = "_" + String(program.map { $0 == "-" ? "_" : $0 })
        return template.split(separator: "PROGRAM", omittingEmptySubsequences: false)
            .joined(separator: program)
            .split(separator: "FUNCTION", omittingEmptySubsequences: false)
            .joined(separator: function) + "\n"
    }

    private var template: String {
        switch self {
        case .bash: Self.bashTemplate
        case .zsh: Self.zshTemplate
        case .fish: Self.fishTemplate
        }
    }
}
