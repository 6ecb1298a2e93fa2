// SPDX-License-Identifier: MIT
import Foundation
import Testing

@testable import Terminal

/// A folder with the scripts and a program `sample` that gives the completer's answers.
///
/// The answers are written before, one file for the words of each line; a line without one gets
/// none.
private struct Bench: ~Copyable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID())")

    init(answering lines: [[String]]) throws {
        let answers = folder.appending(path: "answers")
        try FileManager.default.createDirectory(at: answers, withIntermediateDirectories: true)
        for script in CompletionScript.allCases {
            let text = script.text(program: "sample")
            try Data(text.utf8).write(to: folder.appending(path: script.rawValue))
        }
        for line in lines {
            let name = line.map { $0.replacing("/", with: "_") + "|" }.joined()
            try Data(completion(of: line).utf8).write(to: answers.appending(path: name))
        }
        try Data().write(to: folder.appending(path: "plan.csv"))
        let program = """
            #!/bin/sh
            [ "$1" = complete-words ] || exit 2
            shift
            cat "\(answers.path)/$(printf '%s|' "$@" | tr / _)"

            """
        let path = folder.appending(path: "sample")
        try Data(program.utf8).write(to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The sorted lines that a shell prints, and nothing on standard error.
    func lines(of shell: String, _ arguments: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [shell] + arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "\(folder.path):/usr/bin:/bin", "HOME": folder.path]
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaints = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(complaints.isEmpty, "\(shell): \(String(decoding: complaints, as: UTF8.self))")
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
            .sorted()
    }
}

private func isInstalled(_ shell: String) -> Bool {
    ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"]
        .contains { FileManager.default.isExecutableFile(atPath: $0 + shell) }
}

/// The words of a line, and what a shell offers for the last of them.
private let cases: [(line: [String], offered: [String])] = [
    (["c"], ["case", "count"]),
    (["plan", ""], ["import", "show"]),
    (["case", "open", "--ri"], ["--risk"]),
    (["case", "open", "--risk", ""], ["high", "low", "medium"]),
    (["case", "open", "--risk", "h"], ["high"]),
    (["case", "open", "--risk=h"], ["--risk=high"]),
    (["case", "open", "my title", "th"], ["thanet/high-street"]),
    (["case", "W07"], ["W07-15"]),
    (["plan", "import", "pl"], ["plan.csv"]),
    (["exchange", "ans"], ["answers"]),
    (["case", "open", "N", "--occurred", ""], []),
]

@Suite struct `The completion script` {
    @Test(.enabled(if: isInstalled("bash")))
    func `completes words in bash`() throws {
        let bench = try Bench(answering: cases.map(\.line))
        for (line, offered) in cases {
            // bash hands an option and its value over as three words.
            let parts = line.flatMap { word in
                word == "--risk=h"
                    ? ["--risk", "=", "h"] : [word.contains(" ") ? "'\(word)'" : word]
            }
            let script = """
                source ./bash
                COMP_WORDS=(sample "$@") COMP_CWORD=$#
                _sample sample
                for word in "${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done
                """
            let found = try bench.lines(of: "bash", ["--norc", "-c", script, "bash"] + parts)
            #expect(found == offered.map { $0.replacing("--risk=high", with: "high") })
        }
    }

    @Test(.enabled(if: isInstalled("zsh")))
    func `completes words in zsh`() throws {
        let bench = try Bench(answering: cases.map(\.line))
        // What zsh's own functions would show is printed instead.
        let script = """
            compdef() { :; }
            compset() { :; }
            _describe() { print -rl -- ${${(P)3}%%:*}; }
            _files() {
                if [[ $1 == -/ ]]; then print -rl -- $PREFIX*(N/); else print -rl -- $PREFIX*(N); fi
            }
            source ./zsh
            words=(sample "$@") CURRENT=$(($# + 1)) PREFIX=${@[-1]}
            _sample
            """
        for (line, offered) in cases {
            let found = try bench.lines(of: "zsh", ["-f", "-c", script, "zsh"] + line)
            #expect(found == offered)
        }
    }

    @Test(.enabled(if: isInstalled("fish")))
    func `completes words in fish`() throws {
        let bench = try Bench(answering: cases.map(\.line))
        for (line, offered) in cases {
            let typed = line.map { $0.contains(" ") ? "'\($0)'" : $0 }
            let script = "source ./fish; complete -C \"sample \(typed.joined(separator: " "))\""
            let found = try bench.lines(of: "fish", ["--no-config", "-c", script])
            let words = found.map { String($0.prefix { $0 != "\t" }) }
            // Only fish sets a slash behind a folder.
            #expect(words == offered.map { $0 == "answers" ? "answers/" : $0 })
        }
    }

    @Test func `is declared as a verb`() throws {
        let verb = CompletionScript.verb(program: "sample")
        let program = ProgramDeclaration(
            "sample", version: "1", summary: "A sample.", groups: [.init("All", [verb])])
        #expect(program.faults.isEmpty)
        for script in CompletionScript.allCases {
            let call = try Parser(program, today: SampleProgram.today).parse([
                "completions", script.rawValue,
            ])
            guard case .run(let invocation) = call else {
                Issue.record("\(call)")
                continue
            }
            #expect(CompletionScript(rawValue: invocation.required("shell")) == script)
        }
    }
}
