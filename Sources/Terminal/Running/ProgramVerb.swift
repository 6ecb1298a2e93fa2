// SPDX-License-Identifier: MIT

/// A verb of the program: how it is called, and what it does.
struct ProgramVerb {
    let declaration: VerbDeclaration
    let run: (Invocation, Session) throws -> ExitCode
}
