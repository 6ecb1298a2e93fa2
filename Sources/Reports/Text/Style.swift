// SPDX-License-Identifier: MIT

/// What a piece of text means to its reader; only the console knows which colour that is.
package enum Style: CaseIterable, Equatable, Sendable {
    case plain
    /// Headings, and the one thing on a line that matters.
    case strong
    /// What can be skipped on a first reading.
    case faint
    case good
    case warning
    case bad
    /// The name of a record, as a person can say and type it.
    case reference
}
