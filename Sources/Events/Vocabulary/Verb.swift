// SPDX-License-Identifier: MIT

/// What a person does to a record, and the event that says so afterwards.
package struct Verb: Hashable, Sendable {
    /// What is done with the field that an input is for.
    package enum Act: String, Hashable, Sendable {
        /// Writes the value, adds to a set, a tally or the parts.
        case write
        /// Takes values out of a set.
        case remove
        /// Voids a part, named by its entry.
        case void
        /// Corrects a part: the part, then the new content.
        case correct
    }

    /// A value that the person gives.
    package struct Input: Hashable, Sendable {
        package let field: String
        package let act: Act
        /// Given by place rather than by `--field`.
        package let isArgument: Bool
        package let isRequired: Bool

        package init(_ field: String, act: Act, isArgument: Bool, isRequired: Bool) {
            self.field = field
            self.act = act
            self.isArgument = isArgument
            self.isRequired = isRequired
        }

        /// `--field VALUE`.
        package static func option(_ field: String, act: Act = .write) -> Input {
            Input(field, act: act, isArgument: false, isRequired: false)
        }

        /// A value by place, which must be there.
        package static func argument(_ field: String, act: Act = .write) -> Input {
            Input(field, act: act, isArgument: true, isRequired: true)
        }

        /// `--field VALUE`, which must be there.
        package static func needed(_ field: String, act: Act = .write) -> Input {
            Input(field, act: act, isArgument: false, isRequired: true)
        }
    }

    /// A value that the verb itself gives.
    package struct Fixed: Hashable, Sendable {
        package let field: String
        /// As a person would type it; nil clears the field.
        package let value: String?

        package init(_ field: String, _ value: String) {
            self.field = field
            self.value = value
        }

        private init(cleared field: String) {
            self.field = field
            value = nil
        }

        package static func cleared(_ field: String) -> Fixed { Fixed(cleared: field) }
    }

    /// What a verb writes to a second record, which the first one links to.
    package struct PassingOn: Hashable, Sendable {
        /// The field with the link.
        package let link: String
        /// The field of both records whose change is passed on.
        package let field: String
        /// The event on the second record, after its kind and a dot.
        package let event: String

        package init(_ field: String, to link: String, as event: String) {
            self.field = field
            self.link = link
            self.event = event
        }
    }

    package let name: String
    /// The event's name after the kind and a dot: `opened`, `risk-assessed`.
    package let event: String
    package let summary: String
    package let creates: Bool
    package let inputs: [Input]
    package let fixed: [Fixed]
    /// Whether the person must say why.
    package let needsReason: Bool
    package let passingOn: PassingOn?

    package init(
        _ name: String, _ event: String, _ summary: String, creates: Bool = false,
        _ inputs: [Input], fixed: [Fixed] = [], needsReason: Bool = false,
        passingOn: PassingOn? = nil
    ) {
        self.name = name
        self.event = event
        self.summary = summary
        self.creates = creates
        self.inputs = inputs
        self.fixed = fixed
        self.needsReason = needsReason
        self.passingOn = passingOn
    }
}
