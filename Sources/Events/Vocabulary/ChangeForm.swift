// SPDX-License-Identifier: MIT

/// The ways in which a body writes a change: `Docs/Formats/Changes.md` has the bytes of each.
package enum ChangeForm: String, Hashable, Sendable, CaseIterable {
    /// One value of a plain field, or none.
    case value
    /// Values by key.
    case keyed
    /// Values added to a set, and taken out.
    case set
    /// Signed additions by name.
    case counted
    /// A part that is a text.
    case part
    /// A part that is a map of values.
    case partOfValues = "part-of-values"
    case void
    case correct
}
