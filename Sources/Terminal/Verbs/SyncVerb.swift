// SPDX-License-Identifier: MIT
import Basics
import Replicas
import Reports

/// `beatbook sync FOLDER`: two ways with an exchange.
enum SyncVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "sync", "Take in what is new in an exchange folder, and leave what is lacking",
                [ArgumentDeclaration("folder", "The exchange folder.", .folder)],
                options: [
                    .flag("create", "Make the folder an exchange first; it must be empty."),
                    .flag(
                        "thorough",
                        "Read again what was read before, in the folder and in this book."),
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let folder = Session.withoutSlash(invocation.required("folder"))
        let (replica, report) = try session.exchanging("sync") { replica in
            if invocation.has("create") { try replica.createExchange(at: folder) }
            return try session.console.showingProgress("Taking in entries", total: nil) {
                progress in
                try replica.sync(with: folder, isThorough: invocation.has("thorough")) {
                    progress.advance(to: $0)
                }
            }
        }
        let code = try SyncPage(report, replica, session, isTwoWay: true).print()
        if session.console.isDelivered { replica.keepTold() }
        return code
    }
}

/// `beatbook merge PATH`: one way, from what someone brought.
enum MergeVerb {
    static var verb: ProgramVerb {
        ProgramVerb(
            declaration: VerbDeclaration(
                "merge", "Take in logs or segments that someone brought, one way",
                [
                    ArgumentDeclaration(
                        "path",
                        "A log or segment file, a folder of them, or another device's book.",
                        .file)
                ]),
            run: run)
    }

    private static func run(_ invocation: Invocation, _ session: Session) throws -> ExitCode {
        let path = Session.withoutSlash(invocation.required("path"))
        let (replica, report) = try session.exchanging("merge") { try $0.merge(from: path) }
        return try SyncPage(report, replica, session, isTwoWay: false).print()
    }
}
