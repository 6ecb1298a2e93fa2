// SPDX-License-Identifier: MIT
import Events

/// `beatbook log`: what a warden does most, without the kind's name before it.
enum LogVerb {
    static var verb: ProgramVerb {
        let kind = KindVerb(.activity)
        let declared = Kind.activity.verbs.first { $0.name == "log" }
        let inner = declared.map { kind.declaration($0) }
        let declaration = VerbDeclaration(
            "log", "Log an activity", inner?.arguments ?? [], options: inner?.options ?? []
        ).explained(
            "Logs what you did: a patrol, a talk, a visit, property marking. Counts go to the "
                + "campaign too, if you name one.",
            examples: [
                .init(
                    "log property-marking Station --campaign C01-4 --counts \"bikes=12\"",
                    "Logs the activity and adds 12 to the campaign's count.")
            ])
        return ProgramVerb(declaration: declaration) { invocation, session in
            try kind.run(invocation, session)
        }
    }
}
