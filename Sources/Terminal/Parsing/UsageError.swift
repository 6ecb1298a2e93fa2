// SPDX-License-Identifier: MIT
package import Reports

/// Why a call makes no sense, and where on the way to a verb that showed.
package struct UsageError: Error, Equatable, Sendable {
    /// All that can be wrong with a call.
    package enum Problem: Equatable, Sendable {
        case unknownVerb(String, nearest: String?)
        /// A verb stands without the one that holds it: those that do.
        case lowerVerb([String])
        /// A verb that only holds others stands alone.
        case missingVerb
        case unknownOption(String, nearest: String?)
        case missingValue(option: String, placeholder: String)
        /// A flag was given a value: `--json=yes`.
        case unexpectedValue(option: String)
        case repeatedOption(String)
        case missing([Missing])
        case surplusArgument(String)
        case wrongValue(String, of: String, ValueProblem)
        /// Two arguments stand in each other's places: how they were meant.
        case swapped([String])
        /// What no declaration can say, such as two options that exclude each other, as a sentence.
        case unfit(String)
    }

    /// An argument or an option that has to be given, as it stands in a usage line.
    package struct Missing: Equatable, Sendable {
        package let usage: String
        package let kind: ValueKind?

        package init(usage: String, kind: ValueKind?) {
            self.usage = usage
            self.kind = kind
        }
    }

    /// Why a value is not of the kind that is asked for.
    package enum ValueProblem: Equatable, Sendable {
        case notAmong([String], nearest: String?)
        case notWhole
        case notADate(Period.Problem)
        /// Nothing stands before an equals sign, or there is none.
        case notAPair
    }

    /// What is wrong.
    package let problem: Problem
    /// The verbs that were understood before: `["case", "open"]`.
    package let path: [String]

    /// What a verb finds wrong itself, it says with the path of its invocation.
    package init(_ problem: Problem, path: [String]) {
        self.problem = problem
        self.path = path
    }
}
