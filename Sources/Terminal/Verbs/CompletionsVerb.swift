// SPDX-License-Identifier: MIT
import Reports

/// `beatbook completions SHELL`: the script that makes the shell complete words.
enum CompletionsVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: CompletionScript.verb(program: "beatbook"),
            run: { invocation, session in
                guard let script = CompletionScript(rawValue: invocation.required("shell")) else {
                    return .failed
                }
                session.console.write(document: Array(script.text(program: "beatbook").utf8))
                return .done
            })
    }
}
